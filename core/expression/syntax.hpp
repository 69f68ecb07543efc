// Which words are operators, and how tightly they bind.
#pragma once

#include "core/expression/lexer.hpp"
#include "core/expression/operators.hpp"

#include <optional>
#include <string_view>

namespace goflow::core::expression {

enum class Grouping { left, right, none };

struct BinarySyntax {
  std::string_view spelling;
  // nullopt: `??`, which makes a node of its own.
  std::optional<BinaryOperator> op;
  int level;
  Grouping grouping;
  bool negatable = false;  // `not in`
};

struct PrefixSyntax {
  std::string_view spelling;
  UnaryOperator op;
  int level;
};

/// nullptr: the token is none.
const BinarySyntax* find_binary(const Token& token);
const PrefixSyntax* find_prefix(const Token& token);
bool is_reserved(std::string_view word);

}  // namespace goflow::core::expression
