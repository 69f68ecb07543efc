#include "core/execution/members.hpp"

#include "core/base/suggest.hpp"

#include <algorithm>
#include <vector>

namespace goflow::core {

Result<void> check_members(const Value& object,
                           std::span<const char* const> known,
                           const std::string& what) {
  const std::vector<std::string> names(known.begin(), known.end());
  for (const auto& [name, value] : object.as_object()) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    return Error{ErrorCode::invalid_argument, what + " has no member '" + name + "'"}.with_hint(
        did_you_mean(name, names));
  }
  return {};
}

Result<std::optional<std::string>> text_of(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  if (member == nullptr || member->is_null()) return std::optional<std::string>();
  if (!member->is_text()) {
    return Error{ErrorCode::invalid_argument, "'" + std::string(name) + "' must be a text"};
  }
  if (member->as_text().empty()) return std::optional<std::string>();
  return std::optional(member->as_text());
}

}  // namespace goflow::core
