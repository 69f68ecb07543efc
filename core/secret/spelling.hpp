// How a form of a secret may stand in a text: compares the two, and tells how it may begin.
#pragma once

#include "core/secret/secret_form.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace goflow::core {

enum class TextEnd {
  reached,
  open,  // more of the text may come
};

enum class Fit {
  none,
  cut_off,  // it fits as far as the text goes, and the text may go on
  whole,
};

struct FormMatch {
  Fit fit = Fit::none;
  std::size_t length = 0;  // of the text that shows the whole form
};

/// Whether a text begins with a form.
FormMatch match_form(const SecretForm& form, std::string_view text, TextEnd end);

/// Letters and digits, and the marks that nobody escapes, in JSON or in a URL.
bool is_never_escaped(char letter);

/// The first bytes of a text as a number; such numbers are in the order of the bytes.
inline std::uint32_t lead_of(const char* text) {
  const auto byte = [text](int i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
  };
  return byte(0) << 24U | byte(1) << 16U | byte(2) << 8U | byte(3);
}
inline constexpr std::size_t lead_length = 4;
static_assert(lead_length <= shortest_masked, "no form may be shorter than its lead");

/// All with which a text may begin that shows a form, each once.
WipedVector<std::uint32_t> leads_of(const SecretForm& form);

}  // namespace goflow::core
