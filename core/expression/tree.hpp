// What the parser makes of an expression and the evaluator walks: a tree that never changes.
#pragma once

#include "core/expression/fault.hpp"
#include "core/expression/kind_set.hpp"
#include "core/expression/operators.hpp"
#include "core/expression/pattern.hpp"
#include "core/value/value.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace goflow::core::expression {

struct Builtin;
struct Node;
using NodePtr = std::unique_ptr<Node>;

struct Literal {
  Value value;
};

/// A name of the environment.
struct Name {
  std::string name;
};

/// A name that `let` made; scopes are resolved to places on the evaluator's list.
struct Local {
  std::size_t slot;
};

/// `#`, `#index` and `#acc` of the innermost closure.
enum class ClosureName { element, index, accumulator };

struct ArrayLiteral {
  std::vector<NodePtr> items;
};

struct ObjectLiteral {
  struct Entry {
    NodePtr key;
    NodePtr value;
  };
  std::vector<Entry> entries;
};

struct Unary {
  UnaryOperator op;
  Place sign;
  NodePtr operand;
};

struct Binary {
  BinaryOperator op;
  Place sign;
  NodePtr left;
  NodePtr right;
  // Of `matches` with a literal pattern.
  std::optional<Pattern> pattern;
};

/// `c ? a : b` and if(c, a, b).
struct Conditional {
  NodePtr condition;
  NodePtr yes;
  NodePtr no;
};

enum class Absence {
  is_error,
  is_null,          // x ?? d
  or_unknown_name,  // default(x, d)
};

/// `x ?? d` and default(x, d).
struct Fallback {
  Absence absence;
  NodePtr value;
  NodePtr otherwise;
};

struct Slice {
  NodePtr from;  // may be nullptr, as may `to`
  NodePtr to;
};

/// One `.word`, `[index]` or `[from:to]`.
struct Access {
  Place place;        // the word, or what stands in the brackets
  std::size_t begin;  // where the '.', '?.' or '[' is
  bool optional;
  std::variant<std::string, NodePtr, Slice> way;
};

/// `root.a[0]?.b`: one node, since an absent part skips the rest of it.
struct Path {
  NodePtr root;
  std::vector<Access> accesses;
};

struct Let {
  std::size_t slot;
  NodePtr value;
  NodePtr body;
};

struct FunctionCall {
  const Builtin* function;
  Place word;
  // A closure stands among them as the node to be evaluated per element.
  std::vector<NodePtr> arguments;
};

struct Node {
  using Form = std::variant<Literal,
                            Name,
                            Local,
                            ClosureName,
                            ArrayLiteral,
                            ObjectLiteral,
                            Unary,
                            Binary,
                            Conditional,
                            Fallback,
                            Path,
                            Let,
                            FunctionCall>;
  Place place;
  KindSet kinds;
  std::size_t depth;
  Form form;
};

}  // namespace goflow::core::expression

namespace goflow::core {

struct ExpressionTree {
  std::string text;
  expression::NodePtr root;
  std::size_t slots = 0;  // how many `let` names are alive at once, at most
};

}  // namespace goflow::core
