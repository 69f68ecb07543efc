#include "core/workflow/compiler.hpp"

#include <algorithm>
#include <utility>

namespace goflow::core {
namespace {

/// "${" where names stand alone, rather than a placeholder that is itself broken.
bool is_placeholder_within(const ExpressionError& error) {
  return error.message.starts_with("'${' within");
}

/// The rule that an error of the expression language belongs to.
Rule rule_of(const ExpressionError& error) {
  switch (error.code) {
    case ExpressionErrorCode::unknown_function:
    case ExpressionErrorCode::arity:
      return Rule::bad_call;
    case ExpressionErrorCode::limit:
      return Rule::too_long_expression;
    case ExpressionErrorCode::syntax:
      return is_placeholder_within(error) ? Rule::placeholder_in_expression
                                          : Rule::expression_syntax;
    default:
      return Rule::certain_type_error;
  }
}

/// In a literal block `|` the lines of the text follow, all indented by the same blanks.
std::optional<std::size_t> offset_in_block(std::string_view source,
                                           const YamlNode& scalar,
                                           std::size_t begin) {
  std::size_t line = source.find('\n', scalar.at.begin);
  std::size_t in_text = 0;
  while (line != std::string_view::npos) {
    ++line;
    const std::size_t text_end = std::min(scalar.text.find('\n', in_text), scalar.text.size());
    const std::string_view expected = scalar.text.substr(in_text, text_end - in_text);
    const std::size_t source_end = std::min(source.find('\n', line), source.size());
    std::string_view written = source.substr(line, source_end - line);
    if (!written.empty() && written.back() == '\r') written.remove_suffix(1);
    const bool is_same = written.size() >= expected.size() &&
                         written.substr(written.size() - expected.size()) == expected;
    if (!is_same) return std::nullopt;
    if (begin <= text_end) return line + (written.size() - expected.size()) + (begin - in_text);
    in_text = text_end + 1;
    line = source.find('\n', line);
  }
  return std::nullopt;
}

template <class Compiled>
Placed<Compiled> placed(Compiled compiled, Origin origin) {
  return {std::move(compiled), origin.at, std::move(origin.called), origin.is_verbatim};
}

}  // namespace

std::optional<std::size_t> offset_in_file(const SourceText& source,
                                          const YamlNode& scalar,
                                          std::size_t begin) {
  const std::string_view text = source.text();
  if (scalar.at.begin >= text.size()) return std::nullopt;
  const char first = text[scalar.at.begin];
  if (first == '|') return offset_in_block(text, scalar, begin);
  const std::size_t quote = first == '"' || first == '\'' ? 1 : 0;
  const std::size_t from = scalar.at.begin + quote;
  if (text.substr(from, scalar.text.size()) != scalar.text) return std::nullopt;
  return from + begin;
}

Mark mark_of(const SourceText& source, const YamlNode& scalar, const PartOfText& part) {
  if (const auto at = offset_in_file(source, scalar, part.offset + part.begin)) {
    return Mark({*at, *at + (part.end > part.begin ? part.end - part.begin : 1)});
  }
  // A fault at the end is shown behind the last word, not in the empty line that may follow.
  const std::size_t last = part.text.find_last_not_of(" \t\r\n") + 1;
  ExpressionError fault;
  fault.begin = std::min(part.begin, last);
  fault.end = std::min(part.end, last);
  FaultInText found = locate(fault, std::string(part.text), {});
  return Mark(scalar.at, InText{std::move(found.line), found.begin, found.end});
}

template <class Compiled>
void Compiler::remember(const YamlNode& scalar,
                        std::string_view text,
                        const Compiled& compiled,
                        const FormulaPlace& place,
                        std::size_t begin) {
  Formula formula{place, std::string(text), {}, {}};
  for (const NameUse& use : compiled.names()) {
    formula.names.push_back({use.name,
                             mark_of(problems_.source(), scalar, {text, begin, use.begin, use.end}),
                             use.guarded,
                             use.may_be_unknown});
  }
  for (const Lookup& lookup : compiled.lookups()) {
    formula.lookups.push_back(
        {lookup.of,
         lookup.name,
         mark_of(problems_.source(), scalar, {text, begin, lookup.begin, lookup.end})});
  }
  if (formula.names.empty() && formula.lookups.empty()) return;
  formulas_.push_back(std::move(formula));
}

std::optional<Placed<Expression>> Compiler::expression(const YamlNode& scalar,
                                                       const FormulaPlace& place) {
  return derived(scalar.text, scalar, place);
}

std::optional<Placed<Expression>> Compiler::derived(std::string_view text,
                                                    const YamlNode& scalar,
                                                    const FormulaPlace& place) {
  auto compiled = Expression::compile(std::string(text));
  if (!compiled) {
    report(rule_of(compiled.error()), scalar, compiled.error(), place);
    return std::nullopt;
  }
  remember(scalar, text, *compiled, place);
  return placed(*std::move(compiled), origin(scalar, text, place));
}

std::optional<Placed<JsonPath>> Compiler::json_path(const YamlNode& scalar,
                                                    const FormulaPlace& place) {
  const std::size_t first = scalar.text.find_first_not_of(" \t\r\n");
  const bool rooted = first == std::string::npos || scalar.text[first] == '$';
  const std::string root = rooted ? "" : scalar.text[first] == '[' ? "$" : "$.";
  auto compiled =
      JsonPath::compile(root + std::string(rooted ? scalar.text : scalar.text.substr(first)));
  if (!compiled) {
    ExpressionError error = std::move(compiled).error();
    for (std::size_t* offset : {&error.begin, &error.end}) {
      if (!rooted) *offset = first + (*offset < root.size() ? 0 : *offset - root.size());
    }
    const bool too_long = error.code == ExpressionErrorCode::limit;
    report(too_long ? Rule::too_long_expression : Rule::bad_json_path, scalar, error, place);
    return std::nullopt;
  }
  if (!rooted) {
    problems_.add(Rule::unrooted_json_path,
                  scalar.at,
                  place.called + ": a JSONPath begins with '$'",
                  "write it as " + compiled->text());
  }
  Origin where = origin(scalar, compiled->text(), place);
  return placed(*std::move(compiled), std::move(where));
}

std::optional<Placed<JqProgram>> Compiler::jq(const YamlNode& scalar,
                                              std::string program,
                                              std::size_t begin,
                                              const FormulaPlace& place) {
  auto compiled = JqProgram::compile(std::move(program));
  if (!compiled) {
    ExpressionError error = std::move(compiled).error();
    error.begin += begin;
    error.end += begin;
    const bool too_long = error.code == ExpressionErrorCode::limit;
    report(too_long ? Rule::too_long_expression : Rule::bad_jq, scalar, error, place);
    return std::nullopt;
  }
  remember(scalar, compiled->text(), *compiled, place, begin);
  Origin where = origin(scalar, compiled->text(), place);
  return placed(*std::move(compiled), std::move(where));
}

std::optional<Placed<TextTemplate>> Compiler::text(const YamlNode& scalar,
                                                   const FormulaPlace& place) {
  auto compiled = compile_text(scalar, place);
  if (!compiled) return std::nullopt;
  return placed(*std::move(compiled), origin(scalar, scalar.text, place));
}

std::optional<TextTemplate> Compiler::compile_text(const YamlNode& scalar,
                                                   const FormulaPlace& place) {
  auto compiled = TextTemplate::compile(std::string(scalar.text));
  if (!compiled) {
    const bool is_broken = scalar.text.substr(compiled.error().begin, 2) == "${" &&
                           !is_placeholder_within(compiled.error());
    report(is_broken ? Rule::bad_placeholder : rule_of(compiled.error()),
           scalar,
           compiled.error(),
           place);
    return std::nullopt;
  }
  remember(scalar, scalar.text, *compiled, place);
  return *std::move(compiled);
}

std::optional<Placed<ValueTemplate>> Compiler::value(const YamlNode& value,
                                                     const FormulaPlace& place) {
  auto tree = value_tree(value, place);
  if (!tree) return std::nullopt;
  return placed(*std::move(tree), Origin{at(value), place.called, false});
}

std::optional<ValueTemplate> Compiler::value_tree(const YamlNode& value,
                                                  const FormulaPlace& place) {
  if (value.is_scalar()) {
    if (!value.scalar.is_text()) return ValueTemplate(value.scalar.to_value());
    auto text = compile_text(value, place);
    if (!text) return std::nullopt;
    return ValueTemplate(*std::move(text), origin(value, value.text, place));
  }
  bool is_good = true;
  ValueTemplate::List items;
  for (const YamlNode* item : value.items) {
    auto tree = value_tree(*item, place);
    is_good = is_good && tree.has_value();
    if (tree) items.push_back(*std::move(tree));
  }
  ValueTemplate::Map members;
  for (const YamlMember& member : value.members) {
    auto tree = value_tree(*member.value, place);
    is_good = is_good && tree.has_value();
    if (tree) members.emplace_back(std::string(member.key), *std::move(tree));
  }
  if (!is_good) return std::nullopt;
  return value.is_list() ? ValueTemplate(std::move(items)) : ValueTemplate(std::move(members));
}

void Compiler::report(Rule rule,
                      const YamlNode& scalar,
                      const ExpressionError& error,
                      const FormulaPlace& place) {
  problems_.add(rule,
                mark_of(problems_.source(), scalar, {scalar.text, 0, error.begin, error.end}),
                place.called + ": " + error.message,
                error.hint);
}

Position Compiler::at(const YamlNode& scalar) const {
  const auto offset =
      scalar.is_scalar() ? offset_in_file(problems_.source(), scalar, 0) : std::nullopt;
  return problems_.source().position(offset.value_or(scalar.at.begin));
}

Origin Compiler::origin(const YamlNode& scalar,
                        std::string_view text,
                        const FormulaPlace& place) const {
  const bool is_verbatim =
      text == scalar.text && offset_in_file(problems_.source(), scalar, text.size()).has_value();
  return {at(scalar), place.called, is_verbatim};
}

}  // namespace goflow::core
