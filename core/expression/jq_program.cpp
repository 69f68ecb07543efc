#include "core/expression/jq_program.hpp"

#include "core/base/utf8.hpp"
#include "core/expression/fault.hpp"
#include "core/expression/jq/scanner.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace goflow::core {

using expression::Code;
using expression::fault;
using expression::Place;
using expression::jq::Word;

namespace {

/// What reaches outside: other files, other inputs, the process.
constexpr std::array<std::string_view, 13> refused_functions{"import",
                                                             "include",
                                                             "input",
                                                             "inputs",
                                                             "debug",
                                                             "stderr",
                                                             "input_filename",
                                                             "input_line_number",
                                                             "env",
                                                             "get_search_list",
                                                             "halt",
                                                             "halt_error",
                                                             "modulemeta"};

bool is_refused(const Word& word) {
  if (word.kind == Word::Kind::variable) return word.text == "ENV";
  const auto found = std::find(refused_functions.begin(), refused_functions.end(), word.text);
  return word.kind == Word::Kind::call && found != refused_functions.end();
}

ExpressionError refusal(const Word& word) {
  const bool is_environment = word.text == "env" || word.text == "ENV";
  const std::string spelled =
      (word.kind == Word::Kind::variable ? "$" : "") + std::string(word.text);
  return fault(
      Code::forbidden,
      word.place,
      "'" + spelled + "' reaches outside, which jq programs must not",
      is_environment ? "give it a variable: env('NAME') in an expression, with env_allow" : "");
}

/// $__loc__ is no variable but the number of a line.
bool is_name(const Word& word) {
  const bool is_variable = word.kind == Word::Kind::variable || word.kind == Word::Kind::binding;
  return is_variable && word.text != "__loc__";
}

}  // namespace

Result<JqProgram, ExpressionError> JqProgram::compile(std::string text) {
  constexpr std::size_t longest = std::size_t{64} << 10U;
  const Place all{0, text.size()};
  if (text.size() > longest) return fault(Code::limit, all, "the jq program is longer than 64 KiB");
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    return fault(Code::syntax, all, "the jq program is empty");
  }
  if (const auto stray = utf8::first_invalid(text)) {
    return fault(Code::syntax, Place{*stray, *stray + 1}, "the jq program is not UTF-8 text");
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string::npos) {
    return fault(Code::syntax, Place{nul, nul + 1}, "the jq program holds a NUL character");
  }
  GOFLOW_TRY(const std::vector<Word> words, expression::jq::scan(text));

  JqProgram program;
  std::set<std::string_view> bound;
  for (const Word& word : words) {
    if (is_refused(word)) return refusal(word);
    if (word.kind == Word::Kind::binding) bound.insert(word.text);
  }
  std::set<std::string> variables;
  for (const Word& word : words) {
    if (!is_name(word)) continue;
    variables.emplace(word.text);
    if (bound.count(word.text) > 0) continue;
    program.names_.push_back({std::string(word.text), word.place.begin, word.place.end});
  }
  program.variables_.assign(variables.begin(), variables.end());
  program.text_ = std::move(text);
  return program;
}

}  // namespace goflow::core
