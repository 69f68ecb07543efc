// One fault of a workflow file, with its place and what to do about it.
#pragma once

#include "core/workflow/workflow.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

enum class Severity { error, warning };

/// The line of an expression that a fault is in, and the offending part of it, in characters.
struct InText {
  std::string line;
  int begin = 0;
  int end = 1;
};

struct Diagnostic {
  Severity severity = Severity::error;
  int rule = 0;      // the number of the validation rule: 42 is V42
  std::string code;  // a stable word: "unknown_node_type"
  std::string message;
  std::string hint = {};
  Position at = {};
  int width = 1;  // characters to mark from `at` on
  // Of a text that does not stand in the file as it is: it is folded, or has escapes.
  std::optional<InText> in_text = {};
};

bool has_errors(const std::vector<Diagnostic>& diagnostics);

/// "error: nightly.yaml:14:13: node …" with the source lines, a caret and the hint.
std::string render(const Diagnostic& diagnostic, std::string_view file, std::string_view text);

}  // namespace goflow::core
