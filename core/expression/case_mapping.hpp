// Upper and lower case of single characters, whatever the locale.
#pragma once

namespace goflow::core::expression {

/// Unicode's simple mapping for Latin, Greek, Cyrillic, Armenian, Coptic and full-width letters;
/// any other character is itself.
char32_t to_upper(char32_t character);
char32_t to_lower(char32_t character);

}  // namespace goflow::core::expression
