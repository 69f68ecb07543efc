#include "core/workflow/secret_names.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace goflow::core {

bool is_secret_name(std::string_view name) {
  constexpr std::array<std::string_view, 10> words{"KEY",
                                                   "SECRET",
                                                   "TOKEN",
                                                   "PASSWORD",
                                                   "PASSPHRASE",
                                                   "CREDENTIAL",
                                                   "AUTH",
                                                   "BEARER",
                                                   "PRIVATE",
                                                   "DSN"};
  std::string upper(name);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char character) {
    return character >= 'a' && character <= 'z' ? static_cast<char>(character - 'a' + 'A')
                                                : character;
  });
  const auto holds = [&](std::string_view word) { return upper.find(word) != std::string::npos; };
  return std::any_of(words.begin(), words.end(), holds) || (holds("DATABASE") && holds("URL")) ||
         (holds("CONN") && holds("STRING"));
}

}  // namespace goflow::core
