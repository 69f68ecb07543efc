#include "core/secret/secret_index.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace goflow::core {
namespace {

// Of 64 places in a text one is found in the bit map by chance.
constexpr unsigned bits_per_entry = 64;
constexpr unsigned least_bits_log2 = 12;
constexpr unsigned most_bits_log2 = 26;

struct ByLead {
  template <class Entry>
  bool operator()(const Entry& a, const Entry& b) const {
    return a.lead < b.lead;
  }
  template <class Entry>
  bool operator()(const Entry& a, std::uint32_t lead) const {
    return a.lead < lead;
  }
};

void note(std::vector<Sighting>& found, Sighting sighting) {
  if (!found.empty() && sighting.begin < found.back().end) {
    found.back().end = std::max(found.back().end, sighting.end);
  } else {
    found.push_back(sighting);
  }
}

}  // namespace

void SecretIndex::add(std::vector<SecretForm> forms) {
  std::erase_if(forms, [this](const SecretForm& form) { return knows(form); });
  const auto known = static_cast<std::ptrdiff_t>(entries_.size());
  for (SecretForm& form : forms) {
    const auto index = static_cast<std::uint32_t>(forms_.size());
    for (const std::uint32_t lead : leads_of(form)) {
      entries_.push_back({lead, index});
    }
    forms_.push_back(std::move(form));
  }
  std::sort(entries_.begin() + known, entries_.end(), ByLead{});
  std::inplace_merge(entries_.begin(), entries_.begin() + known, entries_.end(), ByLead{});
  fill_bits();
}

bool SecretIndex::knows(const SecretForm& form) const {
  const std::uint32_t lead = leads_of(form).front();
  auto entry = std::lower_bound(entries_.begin(), entries_.end(), lead, ByLead{});
  for (; entry != entries_.end() && entry->lead == lead; ++entry) {
    const SecretForm& known = forms_[entry->form];
    if (known.spelling == form.spelling && known.rest_bits == form.rest_bits &&
        known.rest == form.rest && known.bytes == form.bytes) {
      return true;
    }
  }
  return false;
}

void SecretIndex::fill_bits() {
  unsigned log2 = least_bits_log2;
  while (log2 < most_bits_log2 && (std::size_t{1} << log2) < bits_per_entry * entries_.size()) {
    ++log2;
  }
  shift_ = 32 - log2;
  bits_.assign((std::size_t{1} << log2) / 64, 0);
  for (const Entry& entry : entries_) {
    const std::uint32_t bit = bit_of(entry.lead);
    bits_[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
}

Sightings SecretIndex::find(std::string_view text, TextEnd end) const {
  Sightings sightings{.found = {}, .undecided = text.size()};
  if (empty()) return sightings;
  std::size_t at = 0;
  for (; at + lead_length <= sightings.undecided; ++at) {
    if (may_be_lead(lead_of(text.data() + at))) look_closer(text, at, end, sightings);
  }
  if (end == TextEnd::reached) return sightings;
  for (; at < sightings.undecided; ++at) {
    if (may_begin_lead(text.substr(at))) sightings.undecided = at;
  }
  return sightings;
}

void SecretIndex::look_closer(std::string_view text,
                              std::size_t at,
                              TextEnd end,
                              Sightings& sightings) const {
  const std::uint32_t lead = lead_of(text.data() + at);
  auto entry = std::lower_bound(entries_.begin(), entries_.end(), lead, ByLead{});
  std::size_t longest = 0;
  for (; entry != entries_.end() && entry->lead == lead; ++entry) {
    const FormMatch match = match_form(forms_[entry->form], text.substr(at), end);
    if (match.fit == Fit::cut_off) {
      sightings.undecided = at;
      return;
    }
    longest = std::max(longest, match.length);
  }
  if (longest > 0) note(sightings.found, {at, at + longest});
}

bool SecretIndex::may_begin_lead(std::string_view text) const {
  char filled[lead_length] = {};
  std::copy(text.begin(), text.end(), std::begin(filled));
  const std::uint32_t least = lead_of(std::begin(filled));
  const std::uint32_t unknown = 0xFFFFFFFFU >> (8 * text.size());
  const auto entry = std::lower_bound(entries_.begin(), entries_.end(), least, ByLead{});
  return entry != entries_.end() && entry->lead <= (least | unknown);
}

}  // namespace goflow::core
