// Faults of a workflow file, for the eye or for a program.
#pragma once

#include "cli/command/output_choice.hpp"
#include "cli/context.hpp"
#include "core/value/value.hpp"
#include "core/workflow/diagnostic.hpp"

#include <string>
#include <vector>

namespace goflow::cli {

core::Object diagnostic_record(const core::Diagnostic& diagnostic, const std::string& file);

/// To stderr: with excerpt and caret, or one JSON object a line where the output is JSON. Warnings
/// are left out with --quiet.
void report(const std::vector<core::Diagnostic>& diagnostics,
            const std::string& file,
            const std::string& text,
            const OutputChoice& output,
            Context& context);

}  // namespace goflow::cli
