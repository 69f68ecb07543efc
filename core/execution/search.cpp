#include "core/execution/search.hpp"

#include "core/base/utf8.hpp"
#include "core/expression/case_mapping.hpp"

#include <algorithm>

namespace goflow::core {

std::string folded(std::string_view text) {
  std::string lower;
  lower.reserve(text.size());
  while (!text.empty()) {
    const utf8::Character character = utf8::first_character(text);
    if (character.valid) {
      utf8::append(lower, expression::to_lower(character.code));
    } else {
      lower += text.front();
    }
    text.remove_prefix(character.length);
  }
  return lower;
}

bool matches_search(const Execution& execution, std::string_view text) {
  const std::string wanted = folded(text);
  const auto has_it = [&](std::string_view place) {
    return folded(place).find(wanted) != std::string::npos;
  };
  return has_it(execution.id) || has_it(execution.name) || has_it(execution.workflow_id) ||
         (execution.error && has_it(execution.error->message)) ||
         std::any_of(execution.tags.begin(), execution.tags.end(), has_it);
}

}  // namespace goflow::core
