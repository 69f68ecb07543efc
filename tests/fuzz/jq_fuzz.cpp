// Whatever the text: goflow reads a jq program as far as it must, or says where it cannot.
#include "core/expression/jq_program.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace goflow::core;

namespace {

/// A place outside the text would crash whoever marks the offending part.
void check_place(std::size_t begin, std::size_t end, const std::string& text) {
  if (begin > end || end > text.size()) std::abort();
}

void check_names(const JqProgram& program, const std::string& text) {
  const auto& variables = program.variables();
  for (const NameUse& use : program.names()) {
    check_place(use.begin, use.end, text);
    if (std::find(variables.begin(), variables.end(), use.name) == variables.end()) std::abort();
  }
  for (const std::string& name : variables) {
    if (text.find(name) == std::string::npos) std::abort();
    if (std::count(variables.begin(), variables.end(), name) != 1) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto program = JqProgram::compile(text);
  if (!program) {
    check_place(program.error().begin, program.error().end, text);
    return 0;
  }
  if (program->text() != text) std::abort();
  check_names(*program, text);
  const std::array both{*program, *program};
  const std::string combined = combined_jq(both);
  const std::size_t first = combined.find(text);
  if (combined.find(text, first + text.size()) == std::string::npos) std::abort();
  return 0;
}
