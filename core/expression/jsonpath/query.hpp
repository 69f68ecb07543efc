// What the parser makes of a JSONPath and the walker follows: a tree that never changes.
#pragma once

#include "core/expression/fault.hpp"
#include "core/expression/pattern.hpp"
#include "core/value/value.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace goflow::core::expression::jsonpath {

struct Condition;
using ConditionPtr = std::unique_ptr<Condition>;

struct Name {
  std::string name;
};

struct Wildcard {};

struct Index {
  std::int64_t index;
};

struct Slice {
  std::optional<std::int64_t> from;
  std::optional<std::int64_t> to;
  std::int64_t step = 1;
};

struct Filter {
  ConditionPtr condition;
};

using Selector = std::variant<Name, Wildcard, Index, Slice, Filter>;

/// `.name`, `[…]` and the same after `..`.
struct Segment {
  Place place;
  bool descends = false;
  std::vector<Selector> selectors = {};
};

enum class Origin { root, current };  // `$` and `@`

struct Query {
  Place place;
  Origin origin = Origin::root;
  std::vector<Segment> segments = {};
  bool asks_length = false;  // `.length()` at its end

  /// Only names and single indexes: there is one result, or none.
  [[nodiscard]] bool is_singular() const;
};

struct Operand;
using OperandPtr = std::unique_ptr<Operand>;

/// The function length().
struct LengthOf {
  OperandPtr operand;
};

struct CountOf {
  Query query;
};

/// The function value().
struct ValueOf {
  Query query;
};

/// A side of a comparison, or an argument.
struct Operand {
  Place place;
  // Only on the left of `contains` may a query have several results.
  std::variant<Value, Query, LengthOf, CountOf, ValueOf> form;
};

enum class Comparator { equal, unequal, less, less_or_equal, greater, greater_or_equal, contains };

struct Comparison {
  Comparator comparator;
  Operand left;
  Operand right;
};

/// match() and search().
struct PatternTest {
  bool whole = false;
  Operand text;
  Operand pattern;
  std::optional<Pattern> compiled = std::nullopt;  // of a literal pattern
};

struct Exists {
  Query query;
};

struct Either {
  std::vector<ConditionPtr> conditions;
};

struct Both {
  std::vector<ConditionPtr> conditions;
};

struct Not {
  ConditionPtr condition;
};

struct Condition {
  std::variant<Either, Both, Not, Comparison, PatternTest, Exists> form;
};

}  // namespace goflow::core::expression::jsonpath
