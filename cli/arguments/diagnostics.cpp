#include "cli/arguments/diagnostics.hpp"

#include "core/value/json.hpp"

namespace goflow::cli {
namespace {

/// For people the number of the rule is noise, unless they asked for more.
core::Diagnostic with_rule(core::Diagnostic diagnostic) {
  diagnostic.message += " (V" + std::to_string(diagnostic.rule) + ")";
  return diagnostic;
}

}  // namespace

core::Object diagnostic_record(const core::Diagnostic& diagnostic, const std::string& file) {
  return {{"severity", diagnostic.severity == core::Severity::error ? "error" : "warning"},
          {"rule", "V" + std::to_string(diagnostic.rule)},
          {"code", diagnostic.code},
          {"message", diagnostic.message},
          {"hint", diagnostic.hint},
          {"file", file},
          {"line", diagnostic.at.line},
          {"column", diagnostic.at.column}};
}

void report(const std::vector<core::Diagnostic>& diagnostics,
            const std::string& file,
            const std::string& text,
            const OutputChoice& output,
            Context& context) {
  for (const core::Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity == core::Severity::warning && context.options().quiet) continue;
    if (output.is_text()) {
      const bool verbose = context.options().verbose;
      context.err().write(render(verbose ? with_rule(diagnostic) : diagnostic, file, text));
    } else {
      context.err().line(core::to_json(diagnostic_record(diagnostic, file)));
    }
  }
}

}  // namespace goflow::cli
