#include "core/expression/jsonpath/parser.hpp"

#include "core/base/suggest.hpp"
#include "core/expression/builder.hpp"
#include "core/expression/characters.hpp"
#include "core/expression/jsonpath/scanner.hpp"
#include "core/expression/operators.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace goflow::core::expression::jsonpath {
namespace {

template <class T>
using Parsed = Result<T, ExpressionError>;

/// What may stand at the front of a comparison: only there it shows what it is.
using Term = std::variant<Operand, PatternTest>;

constexpr std::array<std::pair<std::string_view, Comparator>, 6> comparators{{
    {"==", Comparator::equal},
    {"!=", Comparator::unequal},
    {"<=", Comparator::less_or_equal},
    {">=", Comparator::greater_or_equal},
    {"<", Comparator::less},
    {">", Comparator::greater},
}};

ConditionPtr condition_of(decltype(Condition::form) form) {
  return std::make_unique<Condition>(Condition{std::move(form)});
}

/// One condition is itself; several are joined by `&&` or `||`.
template <class Joined>
ConditionPtr joined(std::vector<ConditionPtr> conditions) {
  if (conditions.size() == 1) return std::move(conditions.front());
  return condition_of(Joined{std::move(conditions)});
}

class Parser {
 public:
  explicit Parser(std::string_view text) : scanner_(text) {}

  Parsed<Query> whole();

 private:
  Parsed<Query> query();
  Parsed<bool> segment(Query& query);
  Check segment_after_point(Segment& segment);
  Check bracketed(Segment& segment);
  Parsed<Selector> selector();
  Parsed<Selector> index_or_slice();
  Parsed<Selector> slice(std::optional<std::int64_t> from);
  Parsed<ConditionPtr> condition();
  Parsed<ConditionPtr> either();
  Parsed<ConditionPtr> both();
  Parsed<ConditionPtr> basic();
  Parsed<ConditionPtr> comparison_or_test();
  [[nodiscard]] std::optional<Comparator> comparator();
  Parsed<ConditionPtr> comparison(Operand left, Comparator comparator);
  Parsed<ConditionPtr> test(Term term);
  Parsed<Term> term();
  Parsed<Term> word();
  Parsed<Term> call(std::string_view name, Place word);
  Parsed<PatternTest> pattern_test(bool whole);
  Parsed<Operand> operand();
  Parsed<Query> query_argument(std::string_view function);
  Check expect(std::string_view words);

  Scanner scanner_;
  std::size_t nesting_ = 0;
};

ExpressionError wrong_arity(std::string_view function, Place place) {
  const std::string name(function);
  const bool of_text = name == "match" || name == "search";
  const std::string signature = of_text            ? "(text, pattern)"
                                : name == "length" ? "(value)"
                                                   : "(path)";
  return fault(
      Code::arity,
      place,
      "'" + name + "' takes " + (of_text ? "2 arguments: " : "1 argument: ") + name + signature);
}

ExpressionError several_results(const Query& query) {
  return fault(Code::syntax,
               query.place,
               "a path that may have several results cannot be compared",
               "how many there are: count(@.…); whether one is equal: @.… contains 1");
}

/// An operand of a comparison is one value, or none.
Check check_single(const Operand& operand) {
  const auto* query = std::get_if<Query>(&operand.form);
  if (query == nullptr || query->asks_length || query->is_singular()) return {};
  return several_results(*query);
}

Parsed<Query> Parser::whole() {
  scanner_.skip_blank();
  if (scanner_.at_end()) {
    return fault(Code::syntax, {scanner_.position(), scanner_.position()}, "the JSONPath is empty");
  }
  if (!scanner_.at("$")) return scanner_.unexpected("a JSONPath begins with '$'");
  GOFLOW_TRY(Query query, this->query());
  scanner_.skip_blank();
  if (scanner_.at_end()) return query;
  if (query.asks_length) return scanner_.unexpected("'.length()' stands at the end of a path");
  return scanner_.unexpected(scanner_.at("]") ? "there is no '[' to this one" : "");
}

Parsed<Query> Parser::query() {
  const std::size_t begin = scanner_.position();
  Query query;
  query.origin = scanner_.take("$") ? Origin::root : Origin::current;
  if (query.origin == Origin::current) scanner_.take("@");
  std::size_t end = scanner_.position();
  while (true) {
    // Blanks after the last segment do not belong to the path.
    const Scanner before = scanner_;
    scanner_.skip_blank();
    GOFLOW_TRY(const bool more, segment(query));
    if (!more) {
      scanner_ = before;
      break;
    }
    end = scanner_.position();
    if (query.asks_length) break;
  }
  query.place = {begin, end};
  return query;
}

Parsed<bool> Parser::segment(Query& query) {
  Segment segment;
  const std::size_t begin = scanner_.position();
  if (scanner_.at(".length()")) {
    scanner_.take(".length()");
    query.asks_length = true;
    return true;
  }
  if (scanner_.take("..")) {
    segment.descends = true;
    if (scanner_.at("[")) {
      GOFLOW_TRY(bracketed(segment));
    } else {
      GOFLOW_TRY(segment_after_point(segment));
    }
  } else if (scanner_.take(".")) {
    GOFLOW_TRY(segment_after_point(segment));
  } else if (scanner_.at("[")) {
    GOFLOW_TRY(bracketed(segment));
  } else {
    return false;
  }
  segment.place = scanner_.since(begin);
  query.segments.push_back(std::move(segment));
  return true;
}

Check Parser::segment_after_point(Segment& segment) {
  if (scanner_.take("*")) {
    segment.selectors.emplace_back(Wildcard{});
    return {};
  }
  const std::size_t begin = scanner_.position();
  const std::string name(scanner_.take_member_name());
  if (name.empty()) {
    return scanner_.unexpected("after '.' stands a name or '*'; any other name: ['" +
                               std::string(is_digit(scanner_.here()) ? "0" : "a name") + "']");
  }
  if (scanner_.at("(")) {
    return fault(Code::syntax,
                 scanner_.since(begin),
                 "unknown function '" + name + "' at the end of a path",
                 "only length() may stand there: $.items.length()");
  }
  if (scanner_.at("-")) {
    std::string whole = name;
    while (scanner_.take("-")) {
      whole += "-";
      whole += scanner_.take_member_name();
    }
    return fault(Code::syntax,
                 scanner_.since(begin),
                 "the name '" + whole + "' needs quotes",
                 "write ['" + whole + "']");
  }
  segment.selectors.emplace_back(Name{name});
  return {};
}

Check Parser::bracketed(Segment& segment) {
  const std::size_t opening = scanner_.position();
  scanner_.take("[");
  do {
    scanner_.skip_blank();
    GOFLOW_TRY(Selector one, selector());
    segment.selectors.push_back(std::move(one));
    scanner_.skip_blank();
  } while (scanner_.take(","));
  if (scanner_.take("]")) return {};
  if (!scanner_.at_end()) {
    const bool filtered = std::holds_alternative<Filter>(segment.selectors.back());
    return scanner_.unexpected(filtered ? "']' is expected here, or && or || and a condition"
                                        : "',' or ']' is expected here");
  }
  return fault(Code::syntax, {opening, opening + 1}, "the '[' is not closed");
}

Parsed<Selector> Parser::selector() {
  if (scanner_.take("*")) return Selector(Wildcard{});
  if (scanner_.at_quote()) {
    GOFLOW_TRY(std::string name, scanner_.take_quoted());
    return Selector(Name{std::move(name)});
  }
  if (scanner_.take("?")) {
    scanner_.skip_blank();
    GOFLOW_TRY(ConditionPtr condition, this->condition());
    return Selector(Filter{std::move(condition)});
  }
  if (scanner_.at_digit_or_minus() || scanner_.at(":")) return index_or_slice();
  if (scanner_.at("(")) {
    return scanner_.unexpected("there are no scripts; the last element is [-1], a filter [?@.a]");
  }
  return scanner_.unexpected("in brackets stand 'name', 0, 1:3, * or ?condition");
}

Parsed<Selector> Parser::index_or_slice() {
  if (scanner_.at(":")) return slice(std::nullopt);
  GOFLOW_TRY(const std::int64_t index, scanner_.take_integer());
  const Scanner before = scanner_;
  scanner_.skip_blank();
  if (scanner_.at(":")) return slice(index);
  scanner_ = before;
  return Selector(Index{index});
}

Parsed<Selector> Parser::slice(std::optional<std::int64_t> from) {
  Slice slice{from, std::nullopt};
  scanner_.take(":");
  scanner_.skip_blank();
  if (scanner_.at_digit_or_minus()) {
    GOFLOW_TRY(slice.to, scanner_.take_integer());
    scanner_.skip_blank();
  }
  if (!scanner_.take(":")) return Selector(slice);
  scanner_.skip_blank();
  if (scanner_.at_digit_or_minus()) {
    GOFLOW_TRY(slice.step, scanner_.take_integer());
  }
  return Selector(slice);
}

// All recursion of the parser passes through this function or the call of a function.
Parsed<ConditionPtr> Parser::condition() {
  if (nesting_ == deepest) return too_deep(scanner_.since(scanner_.position()));
  ++nesting_;
  auto condition = either();
  --nesting_;
  return condition;
}

Parsed<ConditionPtr> Parser::either() {
  std::vector<ConditionPtr> conditions;
  do {
    scanner_.skip_blank();
    GOFLOW_TRY(ConditionPtr one, both());
    conditions.push_back(std::move(one));
    scanner_.skip_blank();
  } while (scanner_.take("||"));
  return joined<Either>(std::move(conditions));
}

Parsed<ConditionPtr> Parser::both() {
  std::vector<ConditionPtr> conditions;
  do {
    scanner_.skip_blank();
    GOFLOW_TRY(ConditionPtr one, basic());
    conditions.push_back(std::move(one));
    scanner_.skip_blank();
  } while (scanner_.take("&&"));
  return joined<Both>(std::move(conditions));
}

Parsed<ConditionPtr> Parser::basic() {
  const std::size_t begin = scanner_.position();
  if (scanner_.take("!")) {
    scanner_.skip_blank();
    if (scanner_.at("!")) return scanner_.unexpected("one '!' is enough");
    const bool parenthesized = scanner_.at("(");
    GOFLOW_TRY(ConditionPtr condition, basic());
    if (!parenthesized && std::holds_alternative<Comparison>(condition->form)) {
      return fault(Code::syntax,
                   {begin, begin + 1},
                   "'!' before a comparison needs parentheses",
                   "for example !(@.a == 1)");
    }
    return condition_of(Not{std::move(condition)});
  }
  if (!scanner_.take("(")) return comparison_or_test();
  GOFLOW_TRY(ConditionPtr condition, this->condition());
  scanner_.skip_blank();
  GOFLOW_TRY(expect(")"));
  return condition;
}

Parsed<ConditionPtr> Parser::comparison_or_test() {
  GOFLOW_TRY(Term left, term());
  const Scanner before = scanner_;
  scanner_.skip_blank();
  const std::size_t sign = scanner_.position();
  const auto found = comparator();
  if (!found) {
    if (scanner_.at("=")) {
      return scanner_.unexpected("to compare, write ==; for a pattern: search(@.a, \"pattern\")");
    }
    scanner_ = before;
    return test(std::move(left));
  }
  if (auto* operand = std::get_if<Operand>(&left)) return comparison(std::move(*operand), *found);
  return fault(Code::type_mismatch,
               scanner_.since(sign),
               "match() and search() are conditions and cannot be compared");
}

std::optional<Comparator> Parser::comparator() {
  for (const auto& [spelling, comparator] : comparators) {
    if (scanner_.take(spelling)) return comparator;
  }
  const Scanner before = scanner_;
  if (scanner_.take("contains") && !is_word(scanner_.here())) return Comparator::contains;
  scanner_ = before;
  return std::nullopt;
}

Parsed<ConditionPtr> Parser::comparison(Operand left, Comparator comparator) {
  if (comparator != Comparator::contains) {
    GOFLOW_TRY(check_single(left));
  }
  scanner_.skip_blank();
  GOFLOW_TRY(Operand right, operand());
  return condition_of(Comparison{comparator, std::move(left), std::move(right)});
}

Parsed<ConditionPtr> Parser::test(Term term) {
  if (auto* pattern = std::get_if<PatternTest>(&term)) return condition_of(std::move(*pattern));
  Operand& operand = std::get<Operand>(term);
  auto* query = std::get_if<Query>(&operand.form);
  if (query != nullptr && !query->asks_length) return condition_of(Exists{std::move(*query)});
  return fault(Code::syntax,
               operand.place,
               "'" + std::string(scanner_.spelling(operand.place)) + "' is no condition",
               "compare it: " + std::string(scanner_.spelling(operand.place)) + " == …");
}

Parsed<Term> Parser::term() {
  const std::size_t begin = scanner_.position();
  if (scanner_.at("$") || scanner_.at("@")) {
    GOFLOW_TRY(Query query, this->query());
    const Place place = query.place;
    return Term(Operand{place, std::move(query)});
  }
  if (scanner_.at_quote()) {
    GOFLOW_TRY(std::string text, scanner_.take_quoted());
    return Term(Operand{scanner_.since(begin), Value(std::move(text))});
  }
  if (scanner_.at_digit_or_minus()) {
    GOFLOW_TRY(Value number, scanner_.take_number());
    return Term(Operand{scanner_.since(begin), std::move(number)});
  }
  return word();
}

Parsed<Term> Parser::word() {
  const std::size_t begin = scanner_.position();
  const std::string_view name = scanner_.take_word();
  if (name.empty()) return scanner_.unexpected("a condition is for example @.age >= 18");
  const Place place = scanner_.since(begin);
  if (scanner_.at("(")) return call(name, place);
  if (name == "true" || name == "false") return Term(Operand{place, Value(name == "true")});
  if (name == "null") return Term(Operand{place, Value()});
  return fault(Code::syntax,
               place,
               "unexpected '" + std::string(name) + "'",
               name == "not" ? "negation is written !(…)"
                             : "a member of the element is written @." + std::string(name));
}

Parsed<Term> Parser::call(std::string_view name, Place word) {
  static const std::vector<std::string> names{"length", "count", "match", "search", "value"};
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    std::string hint = did_you_mean(name, names);
    return fault(Code::unknown_function,
                 word,
                 "unknown function '" + std::string(name) + "'",
                 join_hints(std::move(hint), "functions: " + some_of(names)));
  }
  if (nesting_ == deepest) return too_deep(word);
  ++nesting_;
  scanner_.take("(");
  scanner_.skip_blank();
  if (scanner_.at(")")) return wrong_arity(name, word);
  std::optional<Term> term;
  if (name == "length") {
    GOFLOW_TRY(Operand of, operand());
    term = Operand{word, LengthOf{std::make_unique<Operand>(std::move(of))}};
  } else if (name == "count") {
    GOFLOW_TRY(Query of, query_argument(name));
    term = Operand{word, CountOf{std::move(of)}};
  } else if (name == "value") {
    GOFLOW_TRY(Query of, query_argument(name));
    term = Operand{word, ValueOf{std::move(of)}};
  } else {
    GOFLOW_TRY(term, pattern_test(name == "match"));
  }
  scanner_.skip_blank();
  if (scanner_.at(",")) return wrong_arity(name, word);
  GOFLOW_TRY(expect(")"));
  --nesting_;
  if (auto* operand = std::get_if<Operand>(&*term)) operand->place = scanner_.since(word.begin);
  return *std::move(term);
}

Parsed<PatternTest> Parser::pattern_test(bool whole) {
  GOFLOW_TRY(Operand text, operand());
  scanner_.skip_blank();
  if (!scanner_.take(",")) return wrong_arity(whole ? "match" : "search", text.place);
  scanner_.skip_blank();
  GOFLOW_TRY(Operand pattern, operand());
  PatternTest test{whole, std::move(text), std::move(pattern)};
  const auto* literal = std::get_if<Value>(&test.pattern.form);
  if (literal == nullptr || !literal->is_text()) return test;
  auto compiled = Pattern::compile(literal->as_text());
  if (!compiled) return bad_pattern(compiled.error(), test.pattern.place);
  test.compiled = *std::move(compiled);
  return test;
}

Parsed<Operand> Parser::operand() {
  const std::size_t begin = scanner_.position();
  GOFLOW_TRY(Term term, this->term());
  auto* operand = std::get_if<Operand>(&term);
  if (operand == nullptr) {
    return fault(Code::type_mismatch,
                 scanner_.since(begin),
                 "match() and search() are conditions, a value is needed here");
  }
  GOFLOW_TRY(check_single(*operand));
  return std::move(*operand);
}

Parsed<Query> Parser::query_argument(std::string_view function) {
  if (!scanner_.at("$") && !scanner_.at("@")) {
    return scanner_.unexpected("'" + std::string(function) +
                               "' takes a path: " + std::string(function) + "(@.items[*])");
  }
  GOFLOW_TRY(Query query, this->query());
  if (!query.asks_length) return query;
  return fault(Code::type_mismatch,
               query.place,
               "'" + std::string(function) + "' takes a path, and '.length()' makes it a number");
}

Check Parser::expect(std::string_view words) {
  if (scanner_.take(words)) return {};
  std::string hint = "'" + std::string(words) + "' is expected here";
  if (scanner_.at("&") || scanner_.at("|")) hint = "conditions are joined by && and ||";
  return scanner_.unexpected(std::move(hint));
}

}  // namespace

Parsed<Query> parse(std::string_view text) {
  return Parser(text).whole();
}

}  // namespace goflow::core::expression::jsonpath
