// The functions of the language, for those who write about it.
#pragma once

#include <string_view>
#include <vector>

namespace goflow::core {

struct FunctionReference {
  std::string_view signature;  // "trim(text[, characters])"
  std::string_view meaning;
};

struct FunctionSection {
  std::string_view title;
  std::vector<FunctionReference> functions;
};

/// Every function there is.
std::vector<FunctionSection> function_reference();

}  // namespace goflow::core
