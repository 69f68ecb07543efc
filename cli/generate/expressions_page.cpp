#include "cli/generate/expressions_page.hpp"

#include "cli/generate/mdoc.hpp"
#include "core/expression/reference.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace goflow::cli {
namespace {

using mdoc::heading;
using mdoc::item;
using mdoc::list;
using mdoc::paragraphs;
using mdoc::quoted;
using Row = std::pair<std::string_view, std::string_view>;

template <std::size_t size>
std::string items(const std::array<Row, size>& rows) {
  std::string text;
  for (const auto& [written, meaning] : rows) {
    text += item("Li " + quoted(written), meaning);
  }
  return text;
}

constexpr std::array<Row, 8> literals{{
    {"42, 0xff, 1_000", "a whole number of 64 bits"},
    {"2.5, 1e3", "a number with a fraction"},
    {"\"text\", 'text'", "a text, with escapes such as \\n and \\u00e9"},
    {"true, false, null", "truth values, and nothing; nil is null"},
    {"[1, 2]", "an array"},
    {"{name: 1, \"a b\": 2}", "an object, whose members keep their order"},
    {"total", "a variable, or the value of the node of that name"},
    {"let x = 1; x + x", "a name for a value, until the end of the expression"},
}};

// The loosest first.
constexpr std::array<Row, 13> operators{{
    {"c ? a : b", "one or the other; the other is not evaluated"},
    {"x | f(y)", "f(x, y)"},
    {"or, ||", "stops at the first true"},
    {"and, &&", "stops at the first false"},
    {"==, !=", "values of any kind"},
    {"<, <=, >, >=", "two numbers or two texts"},
    {"in", "a value in an array, a text among the names of an object"},
    {"contains, startsWith, endsWith", "two texts"},
    {"matches", "a text and an RE2 pattern, which may be found anywhere in it"},
    {"a..b", "the whole numbers from a to b"},
    {"+, -, not, !, *, /, %, **", "numbers, and truth values for not; + also joins two texts"},
    {"a ?? b", "b where a is null or absent"},
    {"x.name, x[0], x[-1], x[1:3], x?.name", "a member, an element, a part; null for null with ?."},
}};

std::string functions() {
  std::string text;
  for (const core::FunctionSection& section : core::function_reference()) {
    std::string entries;
    for (const core::FunctionReference& function : section.functions) {
      entries += item("Li " + quoted(function.signature), function.meaning);
    }
    text += ".Ss " + std::string(section.title) + "\n" + list(entries);
  }
  return text;
}

constexpr std::string_view examples = R"(users | filter(.age >= 18) | map(.name) | join(", ")
let p = first(posts); any(p.comments, .author == p.author)
status == 200 ? "fine" : "broken: " + string(status)
)";

}  // namespace

std::string expressions_page() {
  return mdoc::page_head("goflow-expressions", 7, "the language of goflow's expressions") +
         heading("DESCRIPTION") +
         paragraphs(
             "Conditions, transforms and placeholders are written in one small language. An "
             "expression has no effects and always ends: it may not take more than its share of "
             "steps and memory. Mistakes that can be seen without running are reported when the "
             "file is read.") +
         heading("PLACEHOLDERS") +
         paragraphs(
             "A text may hold ${expression}. A text that is nothing but one placeholder keeps the "
             "kind of its value, in any other the text form is put in. \\${ stands for ${ "
             "itself.") +
         heading("VALUES AND NAMES") + list(items(literals)) + heading("OPERATORS") +
         paragraphs("The loosest first; parentheses as usual.") + list(items(operators)) +
         heading("EACH ELEMENT") +
         paragraphs(
             "Where a function takes an expression for each element, # is the element, .name is "
             "short for #.name, and #index is its place from 0.") +
         heading("FUNCTIONS") + functions() + heading("EXAMPLES") + mdoc::literal(examples) +
         heading("SEE ALSO") + ".Xr goflow-workflow 5\n";
}

}  // namespace goflow::cli
