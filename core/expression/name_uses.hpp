// The names that an expression reads from its environment.
#pragma once

#include "core/expression/expression.hpp"
#include "core/expression/tree.hpp"

#include <vector>

namespace goflow::core::expression {

/// In order of appearance.
std::vector<NameUse> name_uses(const Node& root);

}  // namespace goflow::core::expression
