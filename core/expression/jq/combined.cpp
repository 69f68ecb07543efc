#include "core/base/result.hpp"
#include "core/expression/fault.hpp"
#include "core/expression/jq_program.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <string>

namespace goflow::core {

using expression::Code;
using expression::fault;

namespace {

/// On one line. What a program must not call fails, should it find a way to call it.
constexpr std::string_view prelude =
    ". as {program: $goflow_program, input: $goflow_input, variables: $goflow_variables, "
    "now: $goflow_now} | {} as $ENV | def now: $goflow_now; "
    R"(def input: error("refused"); def inputs: error("refused"); def debug: error("refused"); )"
    R"(def stderr: error("refused"); def input_filename: error("refused"); )"
    R"(def input_line_number: error("refused"); def env: error("refused"); )"
    R"(def get_search_list: error("refused"); def halt: error("refused"); )"
    R"(def halt_error: error("refused"); def halt_error(f): error("refused"); )"
    R"(def debug(f): error("refused"); def modulemeta: error("refused"); )";

/// Its names are bound with `as`: as parameters they would hide functions of the same names.
std::string definition(std::size_t index, const JqProgram& program) {
  std::string bindings;
  for (const std::string& name : program.variables()) {
    bindings += (bindings.empty() ? "" : ", ") + ('"' + name + "\": $" + name);
  }
  if (!bindings.empty()) bindings = "$goflow_variables as {" + bindings + "} | ";
  // The line ends are for comments; in parentheses no program can close the definition.
  return fmt::format("def goflow_{}: {}(\n{}\n);\n", index, bindings, program.text());
}

/// Halves the programs again and again: a chain of ten thousand cases is too deep for jq.
std::string choice(std::size_t first, std::size_t last) {
  if (last - first == 1) return fmt::format("goflow_{}", first);
  const std::size_t middle = first + (last - first) / 2;
  return fmt::format("if $goflow_program < {} then {} else {} end",
                     middle,
                     choice(first, middle),
                     choice(middle, last));
}

}  // namespace

std::string combined_jq(std::span<const JqProgram> programs) {
  std::string combined(prelude);
  for (std::size_t index = 0; index < programs.size(); ++index) {
    combined += definition(index, programs[index]);
  }
  return combined + "$goflow_input | " + choice(0, programs.size());
}

int first_line_in_combined_jq() {
  return 2;
}

Result<void, ExpressionError> check_exact_in_jq(const Value& value, const std::string& what) {
  constexpr std::int64_t largest = std::int64_t{1} << 53;
  if (value.is_integer() && (value.as_integer() > largest || value.as_integer() < -largest)) {
    return fault(Code::bad_argument,
                 {},
                 fmt::format("{} holds {}, which jq cannot tell from its neighbours: it computes "
                             "with doubles",
                             what,
                             value.as_integer()),
                 "hand it over as text: string(…)");
  }
  if (value.is_array()) {
    for (const Value& item : value.as_array()) {
      GOFLOW_TRY(check_exact_in_jq(item, what));
    }
  }
  if (value.is_object()) {
    for (const auto& [key, member] : value.as_object()) {
      GOFLOW_TRY(check_exact_in_jq(member, what));
    }
  }
  return {};
}

}  // namespace goflow::core
