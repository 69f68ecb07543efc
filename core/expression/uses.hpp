// What an expression asks of its environment.
#pragma once

#include "core/expression/expression.hpp"
#include "core/expression/tree.hpp"

#include <vector>

namespace goflow::core::expression {

/// The names that it reads, in order of appearance.
std::vector<NameUse> name_uses(const Node& root);
/// Its calls of env() and secret(), in order of appearance.
std::vector<Lookup> lookups(const Node& root);

}  // namespace goflow::core::expression
