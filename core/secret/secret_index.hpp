// Finds many secrets in one pass over a text.
#pragma once

#include "core/secret/secret_form.hpp"
#include "core/secret/spelling.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace goflow::core {

/// Where a text shows a secret.
struct Sighting {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Sightings {
  /// In order. What overlaps is one, so that nothing is left over of a secret that reaches into
  /// another; what only touches is two.
  std::vector<Sighting> found;
  /// From here on it takes more text to know; the end of the text when all is known. What begins
  /// before it is certain, what begins after it is left out.
  std::size_t undecided = 0;
};

/// The first four bytes with which each form may begin are kept as a number. Every place of a text
/// is looked up in a bit map of these numbers; the few that are in it are compared with the forms.
/// Only a text that repeats the beginning of a long secret over and over takes longer than others.
class SecretIndex {
 public:
  /// Those known already are not added again.
  void add(std::vector<SecretForm> forms);
  [[nodiscard]] bool empty() const { return forms_.empty(); }

  [[nodiscard]] Sightings find(std::string_view text, TextEnd end) const;

 private:
  struct Entry {
    std::uint32_t lead;
    std::uint32_t form;  // index into forms_
  };

  [[nodiscard]] bool may_be_lead(std::uint32_t lead) const {
    const std::uint32_t bit = bit_of(lead);
    return (bits_[bit / 64] >> (bit % 64) & 1U) != 0;
  }
  [[nodiscard]] std::uint32_t bit_of(std::uint32_t lead) const {
    return (lead * 0x9E3779B1U) >> shift_;  // the golden ratio spreads neighbours far apart
  }
  [[nodiscard]] bool knows(const SecretForm& form) const;
  [[nodiscard]] bool may_begin_lead(std::string_view text) const;
  void look_closer(std::string_view text, std::size_t at, TextEnd end, Sightings& sightings) const;
  void fill_bits();

  std::vector<SecretForm> forms_;
  WipedVector<Entry> entries_;  // in the order of their leads
  WipedVector<std::uint64_t> bits_;
  unsigned shift_ = 0;
};

}  // namespace goflow::core
