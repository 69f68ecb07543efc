// The templates that come with goflow; their files are in builtin/.
#pragma once

#include <span>
#include <string_view>

namespace goflow::core {

struct BuiltInTemplate {
  std::string_view id;
  std::string_view text;
};

std::span<const BuiltInTemplate> built_in_templates();

}  // namespace goflow::core
