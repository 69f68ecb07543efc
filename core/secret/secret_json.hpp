// Reads JSON that is secret. The JSON library keeps copies that nobody wipes; this keeps none: all
// it gives are views of the text.
#pragma once

#include "core/secret/secret.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace goflow::core {

struct JsonMember {
  std::string_view name;   // with its quotation marks
  std::string_view value;  // as it is written
};

/// nullopt: the text is no JSON object, is not UTF-8, or is nested deeper than 200.
std::optional<std::vector<JsonMember>> json_members(std::string_view text);
/// The same for an array.
std::optional<std::vector<std::string_view>> json_items(std::string_view text);

/// The text that the member of that name is, as it is written between its quotation marks: for
/// names and texts that hold nothing which JSON would escape. Empty: there is none.
std::string_view plain_text_of(const std::vector<JsonMember>& members, std::string_view name);

/// The characters that a JSON text stands for: of "\"a\\n\"", as it was found above, a and a line
/// feed.
Secret decode_json_text(std::string_view quoted);

/// Without the white space between its parts. For what was read above.
Secret compact_json(std::string_view text);

}  // namespace goflow::core
