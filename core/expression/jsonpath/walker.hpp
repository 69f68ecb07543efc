// Follows a JSONPath through a value.
#pragma once

#include "core/expression/budget.hpp"
#include "core/expression/jsonpath/query.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace goflow::core::expression::jsonpath {

/// For one evaluation: the budget is spent. Text and input must outlive it.
class Walker {
 public:
  Walker(std::string_view text, const Value& input) : text_(text), input_(input) {}

  Outcome run(const Query& query);

 private:
  /// The results, in document order.
  using Nodes = std::vector<const Value*>;
  using Found = Result<Nodes, ExpressionError>;
  using Truth = Result<bool, ExpressionError>;
  /// nullopt: there is nothing, which is not the same as null.
  using Reached = Result<std::optional<Value>, ExpressionError>;

  Outcome single(const Query& query);
  Found follow(const Query& query, const Value* current);
  Check select(const Segment& segment, const Value& from, Nodes& out);
  Check select(const Selector& selector, const Value& from, Place place, Nodes& out);
  Check filter(const Filter& filter, const Value& from, Place place, Nodes& out);
  Check collect(const Value& from, Place place, Nodes& out);

  Truth holds(const Condition& condition, const Value& current);
  Truth holds(const Comparison& comparison, const Value& current);
  Truth holds(const PatternTest& test, const Value& current);
  Truth any_equals(const Query& query, const Value& wanted, const Value& current);
  Truth contains(const Value& whole, const Value& part, Place place);
  Truth are_equal(const std::optional<Value>& left, const std::optional<Value>& right, Place place);

  Reached evaluate(const Operand& operand, const Value& current);
  Reached evaluate(const Query& query, const Value& current);
  Reached length_of(const Query& query, const Nodes& nodes);

  [[nodiscard]] std::string_view spelling(Place place) const {
    return text_.substr(place.begin, place.end - place.begin);
  }

  std::string_view text_;
  const Value& input_;
  Budget budget_;
  RecentPattern recent_pattern_;
};

}  // namespace goflow::core::expression::jsonpath
