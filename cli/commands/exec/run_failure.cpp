#include "cli/commands/exec/run_failure.hpp"

#include "cli/command/error_text.hpp"
#include "cli/io/run_outline.hpp"
#include "cli/io/width.hpp"
#include "core/base/utf8.hpp"
#include "core/workflow/diagnostic.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::ExecutionStatus;
using core::Failure;

ErrorCode code_of(ExecutionStatus status) {
  if (status == ExecutionStatus::cancelled) return ErrorCode::cancelled;
  if (status == ExecutionStatus::timed_out) return ErrorCode::timed_out;
  return ErrorCode::execution_failed;
}

std::string text_in(const Failure& failure, std::string_view key) {
  const core::Value* text = failure.context.find(key);
  return text != nullptr && text->is_text() ? text->as_text() : std::string();
}

int number_in(const Failure& failure, std::string_view key) {
  const core::Value* number = failure.context.find(key);
  return number != nullptr && number->is_integer() ? static_cast<int>(number->as_integer()) : 0;
}

/// The run within this one where it arose; empty: it arose in this one.
std::string inner_run_of(const Failure& failure) {
  return text_in(failure, "execution");
}

std::string place_of(const Failure& failure) {
  const std::string place = inner_run_of(failure).empty() ? text_in(failure, "in") : "";
  if (!place.empty()) return " in " + place;
  return failure.node.empty() ? "" : " at node '" + failure.node + "'";
}

/// It says what the node needs.
bool is_missing_value(const Failure& failure) {
  return failure.type == "claim_check" && failure.message.starts_with("needs ") &&
         !failure.node.empty();
}

std::string sentence_about(const std::string& workflow_id, const engine::RunResult& result) {
  if (!result.failure) return workflow_id + " " + std::string(to_string(result.status));
  const Failure& failure = *result.failure;
  if (result.status != ExecutionStatus::failed) return workflow_id + ": " + failure.message;
  if (is_missing_value(failure)) return "node '" + failure.node + "' " + failure.message;
  return workflow_id + " failed" + place_of(failure) + ": " + failure.message;
}

std::string hint_about(const Failure* failure, const std::string& execution_id) {
  const std::string what_happened = "what happened: goflow exec show " + short_id(execution_id);
  const std::string own = failure != nullptr ? text_in(*failure, "hint") : "";
  if (own.empty()) return what_happened;
  return own + (own.back() == '?' ? " " : "; ") + what_happened;
}

core::Diagnostic diagnostic_of(const Failure& failure, std::string sentence) {
  core::Diagnostic diagnostic;
  diagnostic.code = text_in(failure, "code");
  if (diagnostic.code.empty()) diagnostic.code = failure.type;
  diagnostic.message = std::move(sentence);
  diagnostic.at = {number_in(failure, "line"), number_in(failure, "column")};
  return diagnostic;
}

/// The part of an expression that a failure marks.
struct Marked {
  std::string expression;
  std::size_t begin = 0;  // in characters
  std::size_t width = 1;

  [[nodiscard]] std::string_view part() const {
    const std::size_t from = core::utf8::offset(expression, begin);
    const std::string_view rest = std::string_view(expression).substr(from);
    return rest.substr(0, core::utf8::offset(rest, width));
  }
};

Marked marked_in(const Failure& failure) {
  const int begin = number_in(failure, "begin");
  return {text_in(failure, "expression"),
          static_cast<std::size_t>(begin),
          static_cast<std::size_t>(std::max(number_in(failure, "end") - begin, 1))};
}

bool stands_at(core::Position at, std::string_view part, std::string_view text) {
  for (int line = 1; line < at.line; ++line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return false;
    text.remove_prefix(end + 1);
  }
  const std::string_view line = text.substr(0, text.find('\n'));
  const std::size_t column = static_cast<std::size_t>(std::max(at.column, 1)) - 1;
  return line.substr(core::utf8::offset(line, column)).substr(0, part.size()) == part;
}

std::string shown(const Marked& marked) {
  return "      | " + one_line(marked.expression) + "\n      | " + std::string(marked.begin, ' ') +
         std::string(marked.width, '^') + "\n";
}

/// With the place in the file; where the expression does not stand there as it is (it is folded,
/// or has escapes), it is shown below.
std::string pointed_text(core::Diagnostic diagnostic,
                         const Failure& failure,
                         const std::string& hint,
                         const WorkflowSource& source) {
  const Marked marked = marked_in(failure);
  const bool is_in_file = stands_at(diagnostic.at, marked.part(), source.text);
  if (is_in_file) diagnostic.width = static_cast<int>(marked.width);
  std::string text = render(diagnostic, source.label, source.text);
  if (!is_in_file && !marked.expression.empty()) text += shown(marked);
  return text + "hint: " + hint + "\n";
}

bool has_place(const engine::RunResult& result) {
  return result.status == ExecutionStatus::failed && result.failure &&
         number_in(*result.failure, "line") > 0;
}

/// What a failure points to: of a run within this one its own text.
core::Result<WorkflowSource> source_of(const Failure& failure,
                                       const WorkflowSource& own,
                                       Context& context) {
  const std::string inner_run = inner_run_of(failure);
  if (inner_run.empty()) return own;
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const auto execution, store->find(inner_run));
  if (!execution) return Error{ErrorCode::not_found, "no execution '" + inner_run + "'"};
  GOFLOW_TRY(std::string text, store->definition(execution->definition_sha256));
  return WorkflowSource{std::move(text), execution->workflow_id + ".yaml"};
}

}  // namespace

core::Result<void> verdict_of(const engine::RunResult& result,
                              const std::string& execution_id,
                              const std::string& workflow_id,
                              const WorkflowSource& source,
                              const OutputChoice& output,
                              Context& context) {
  if (result.status == ExecutionStatus::completed) return {};
  const Failure* failure = result.failure ? &*result.failure : nullptr;
  std::string sentence = sentence_about(workflow_id, result);
  const std::string hint = hint_about(failure, execution_id);
  if (!has_place(result)) {
    return Error{code_of(result.status), std::move(sentence)}.with_hint(hint);
  }
  GOFLOW_TRY(const WorkflowSource pointed, source_of(*failure, source, context));
  core::Diagnostic diagnostic = diagnostic_of(*failure, std::move(sentence));
  if (output.is_text()) {
    context.err().write(pointed_text(std::move(diagnostic), *failure, hint, pointed));
  } else {
    diagnostic.hint = hint;
    context.err().write(error_json(diagnostic, pointed.label));
  }
  return Error{code_of(result.status), ""};
}

}  // namespace goflow::cli
