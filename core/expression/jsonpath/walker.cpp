#include "core/expression/jsonpath/walker.hpp"

#include "core/base/utf8.hpp"
#include "core/expression/operators.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace goflow::core::expression::jsonpath {
namespace {

/// Negative indexes count from the end.
std::int64_t from_front(std::int64_t index, std::size_t size) {
  return index < 0 ? index + static_cast<std::int64_t>(size) : index;
}

const Value* element(const Value& from, std::int64_t index) {
  if (!from.is_array()) return nullptr;
  const Array& items = from.as_array();
  const std::int64_t at = from_front(index, items.size());
  const bool inside = at >= 0 && at < static_cast<std::int64_t>(items.size());
  return inside ? &items[static_cast<std::size_t>(at)] : nullptr;
}

/// The children in the order in which they were written.
template <class Visit>
void for_each_child(const Value& from, const Visit& visit) {
  if (from.is_array()) {
    for (const Value& item : from.as_array()) {
      visit(item);
    }
  } else if (from.is_object()) {
    for (const auto& [key, member] : from.as_object()) {
      visit(member);
    }
  }
}

std::size_t child_count(const Value& value) {
  if (value.is_array()) return value.as_array().size();
  return value.is_object() ? value.as_object().size() : 0;
}

std::vector<const Value*> slice(const Slice& slice, const Array& items) {
  std::vector<const Value*> part;
  const auto size = static_cast<std::int64_t>(items.size());
  if (slice.step == 0) return part;
  const bool forward = slice.step > 0;
  const std::int64_t least = forward ? 0 : -1;
  const std::int64_t most = forward ? size : size - 1;
  const auto bound = [&](std::optional<std::int64_t> written, std::int64_t otherwise) {
    return written ? std::clamp(from_front(*written, items.size()), least, most) : otherwise;
  };
  const std::int64_t begin = bound(slice.from, forward ? 0 : size - 1);
  const std::int64_t end = bound(slice.to, forward ? size : -1);
  for (std::int64_t at = begin; forward ? at < end : at > end; at += slice.step) {
    part.push_back(&items[static_cast<std::size_t>(at)]);
  }
  return part;
}

std::optional<std::int64_t> size_of(const Value& value) {
  if (value.is_text()) return static_cast<std::int64_t>(utf8::length(value.as_text()));
  if (value.is_array() || value.is_object()) return static_cast<std::int64_t>(child_count(value));
  return std::nullopt;
}

bool is_less(const std::optional<Value>& left, const std::optional<Value>& right) {
  if (!left || !right) return false;
  const bool numbers_both = left->is_number() && right->is_number();
  const bool texts_both = left->is_text() && right->is_text();
  return (numbers_both || texts_both) && compare(*left, *right) < 0;
}

}  // namespace

Outcome Walker::run(const Query& query) {
  if (input_.is_null())
    return fault(Code::null_access, query.place, "input of the JSONPath is null");
  if (query.is_singular()) return single(query);
  GOFLOW_TRY(const Nodes nodes, follow(query, nullptr));
  if (query.asks_length) return Value(static_cast<std::int64_t>(nodes.size()));
  Array found;
  found.reserve(nodes.size());
  for (const Value* node : nodes) {
    found.push_back(*node);
  }
  Value all(std::move(found));
  if (!within_limits(all)) return too_large(query.place);
  return all;
}

Outcome Walker::single(const Query& query) {
  const Value* at = &input_;
  for (const Segment& segment : query.segments) {
    GOFLOW_TRY(budget_.spend(1, segment.place));
    const Selector& selector = segment.selectors.front();
    if (at->is_text() && std::holds_alternative<Index>(selector)) {
      return fault(Code::type_mismatch,
                   segment.place,
                   "an index needs an array, got " + describe(*at),
                   "the characters of a text: expr: text[0:1]");
    }
    Nodes next;
    GOFLOW_TRY(select(selector, *at, segment.place, next));
    if (next.empty()) return Value();
    at = next.front();
  }
  if (!query.asks_length) return *at;
  GOFLOW_TRY(auto length, length_of(query, {at}));
  return *std::move(length);
}

Walker::Found Walker::follow(const Query& query, const Value* current) {
  Nodes nodes{query.origin == Origin::root ? &input_ : current};
  for (const Segment& segment : query.segments) {
    Nodes next;
    for (const Value* node : nodes) {
      GOFLOW_TRY(select(segment, *node, next));
    }
    nodes = std::move(next);
  }
  return nodes;
}

Check Walker::select(const Segment& segment, const Value& from, Nodes& out) {
  Nodes parents{&from};
  if (segment.descends) {
    // All of them first: a filter below must not find this function's recursion on the stack.
    parents.clear();
    GOFLOW_TRY(collect(from, segment.place, parents));
  }
  for (const Value* parent : parents) {
    for (const Selector& selector : segment.selectors) {
      GOFLOW_TRY(budget_.spend(1, segment.place));
      GOFLOW_TRY(select(selector, *parent, segment.place, out));
    }
  }
  return {};
}

Check Walker::select(const Selector& selector, const Value& from, Place place, Nodes& out) {
  if (const auto* name = std::get_if<Name>(&selector)) {
    if (const Value* member = from.find(name->name)) out.push_back(member);
    return {};
  }
  if (const auto* index = std::get_if<Index>(&selector)) {
    if (const Value* found = element(from, index->index)) out.push_back(found);
    return {};
  }
  if (const auto* filter_form = std::get_if<Filter>(&selector)) {
    return filter(*filter_form, from, place, out);
  }
  GOFLOW_TRY(budget_.spend(child_count(from), place));
  if (std::holds_alternative<Wildcard>(selector)) {
    for_each_child(from, [&](const Value& child) { out.push_back(&child); });
    return {};
  }
  if (!from.is_array()) return {};
  const Nodes part = slice(std::get<Slice>(selector), from.as_array());
  out.insert(out.end(), part.begin(), part.end());
  return {};
}

Check Walker::filter(const Filter& filter, const Value& from, Place place, Nodes& out) {
  Nodes children;
  for_each_child(from, [&](const Value& child) { children.push_back(&child); });
  for (const Value* child : children) {
    GOFLOW_TRY(budget_.spend(1, place));
    GOFLOW_TRY(const bool stays, holds(*filter.condition, *child));
    if (stays) out.push_back(child);
  }
  return {};
}

Check Walker::collect(const Value& from, Place place, Nodes& out) {
  out.push_back(&from);
  Nodes children;
  for_each_child(from, [&](const Value& child) { children.push_back(&child); });
  GOFLOW_TRY(budget_.spend(children.size(), place));
  for (const Value* child : children) {
    GOFLOW_TRY(collect(*child, place, out));
  }
  return {};
}

Walker::Truth Walker::holds(const Condition& condition, const Value& current) {
  if (const auto* either = std::get_if<Either>(&condition.form)) {
    for (const ConditionPtr& one : either->conditions) {
      GOFLOW_TRY(const bool truth, holds(*one, current));
      if (truth) return true;
    }
    return false;
  }
  if (const auto* both = std::get_if<Both>(&condition.form)) {
    for (const ConditionPtr& one : both->conditions) {
      GOFLOW_TRY(const bool truth, holds(*one, current));
      if (!truth) return false;
    }
    return true;
  }
  if (const auto* negated = std::get_if<Not>(&condition.form)) {
    GOFLOW_TRY(const bool truth, holds(*negated->condition, current));
    return !truth;
  }
  if (const auto* exists = std::get_if<Exists>(&condition.form)) {
    GOFLOW_TRY(const Nodes nodes, follow(exists->query, &current));
    return !nodes.empty();
  }
  if (const auto* test = std::get_if<PatternTest>(&condition.form)) return holds(*test, current);
  return holds(std::get<Comparison>(condition.form), current);
}

Walker::Truth Walker::holds(const Comparison& comparison, const Value& current) {
  const Place place = comparison.left.place;
  GOFLOW_TRY(const auto right, evaluate(comparison.right, current));
  if (comparison.comparator == Comparator::contains) {
    if (!right) return false;
    const auto* query = std::get_if<Query>(&comparison.left.form);
    const bool several = query != nullptr && !query->asks_length && !query->is_singular();
    if (several) return any_equals(*query, *right, current);
    GOFLOW_TRY(const auto whole, evaluate(comparison.left, current));
    return whole ? contains(*whole, *right, place) : Truth(false);
  }
  GOFLOW_TRY(const auto left, evaluate(comparison.left, current));
  switch (comparison.comparator) {
    case Comparator::less:
      return is_less(left, right);
    case Comparator::greater:
      return is_less(right, left);
    default:
      break;
  }
  GOFLOW_TRY(const bool equal, are_equal(left, right, place));
  switch (comparison.comparator) {
    case Comparator::unequal:
      return !equal;
    case Comparator::less_or_equal:
      return equal || is_less(left, right);
    case Comparator::greater_or_equal:
      return equal || is_less(right, left);
    default:
      return equal;
  }
}

Walker::Truth Walker::holds(const PatternTest& test, const Value& current) {
  GOFLOW_TRY(const auto text, evaluate(test.text, current));
  GOFLOW_TRY(const auto pattern, evaluate(test.pattern, current));
  if (!text || !text->is_text() || !pattern || !pattern->is_text()) return false;
  GOFLOW_TRY(budget_.produce(text->as_text().size(), test.text.place));
  std::optional<Pattern> compiled = test.compiled;
  if (!compiled) {
    auto fresh = recent_pattern_.compile(pattern->as_text());
    if (!fresh) return bad_pattern(fresh.error(), test.pattern.place);
    compiled = *std::move(fresh);
  }
  return test.whole ? compiled->matches(text->as_text()) : compiled->found_in(text->as_text());
}

Walker::Truth Walker::any_equals(const Query& query, const Value& wanted, const Value& current) {
  GOFLOW_TRY(const Nodes nodes, follow(query, &current));
  for (const Value* node : nodes) {
    GOFLOW_TRY(const bool equal, are_equal(*node, wanted, query.place));
    if (equal) return true;
  }
  return false;
}

Walker::Truth Walker::contains(const Value& whole, const Value& part, Place place) {
  if (whole.is_text()) {
    GOFLOW_TRY(budget_.produce(whole.as_text().size(), place));
    return part.is_text() && whole.as_text().find(part.as_text()) != std::string::npos;
  }
  if (!whole.is_array()) return false;
  GOFLOW_TRY(budget_.spend(whole.as_array().size(), place));
  GOFLOW_TRY(budget_.walk(whole, place));
  const Array& items = whole.as_array();
  return std::find(items.begin(), items.end(), part) != items.end();
}

Walker::Truth Walker::are_equal(const std::optional<Value>& left,
                                const std::optional<Value>& right,
                                Place place) {
  if (!left || !right) return !left && !right;
  GOFLOW_TRY(budget_.walk(*left, place));
  return *left == *right;
}

Walker::Reached Walker::evaluate(const Operand& operand, const Value& current) {
  if (const auto* literal = std::get_if<Value>(&operand.form)) return std::optional(*literal);
  if (const auto* query = std::get_if<Query>(&operand.form)) return evaluate(*query, current);
  if (const auto* length = std::get_if<LengthOf>(&operand.form)) {
    GOFLOW_TRY(const auto value, evaluate(*length->operand, current));
    const auto size = value ? size_of(*value) : std::nullopt;
    return size ? std::optional<Value>(*size) : std::nullopt;
  }
  if (const auto* count = std::get_if<CountOf>(&operand.form)) {
    GOFLOW_TRY(const Nodes nodes, follow(count->query, &current));
    return std::optional<Value>(static_cast<std::int64_t>(nodes.size()));
  }
  GOFLOW_TRY(const Nodes nodes, follow(std::get<ValueOf>(operand.form).query, &current));
  return nodes.size() == 1 ? std::optional(*nodes.front()) : std::nullopt;
}

Walker::Reached Walker::evaluate(const Query& query, const Value& current) {
  GOFLOW_TRY(const Nodes nodes, follow(query, &current));
  if (query.asks_length) return length_of(query, nodes);
  return nodes.empty() ? std::nullopt : std::optional(*nodes.front());
}

Walker::Reached Walker::length_of(const Query& query, const Nodes& nodes) {
  if (!query.is_singular()) return std::optional<Value>(static_cast<std::int64_t>(nodes.size()));
  if (nodes.empty() || nodes.front()->is_null()) return std::optional<Value>(Value());
  const auto size = size_of(*nodes.front());
  if (size) return std::optional<Value>(*size);
  return fault(Code::type_mismatch,
               query.place,
               "'.length()' needs a text, array or object, got " + describe(*nodes.front()) +
                   " at '" + std::string(spelling(query.place)) + "'");
}

}  // namespace goflow::core::expression::jsonpath
