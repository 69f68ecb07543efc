#include "cli/io/plain_progress.hpp"

#include "cli/io/run_words.hpp"
#include "cli/io/width.hpp"
#include "core/base/duration.hpp"

#include <algorithm>
#include <variant>

namespace goflow::cli {
namespace {

constexpr std::size_t longest_verb = 6;

std::string_view verb_of(core::NodeStatus status) {
  switch (status) {
    case core::NodeStatus::completed:
      return "done";
    case core::NodeStatus::failed:
      return "failed";
    case core::NodeStatus::skipped:
      return "skip";
    case core::NodeStatus::cancelled:
      return "cancel";
    case core::NodeStatus::pending:
    case core::NodeStatus::running:
      return "start";
  }
  return "start";
}

void append(std::string& text, std::string_view more) {
  if (!text.empty() && !more.empty()) text += "  ";
  text += more;
}

}  // namespace

PlainProgress::PlainProgress(Output& output, const RunOutline& outline) : output_(output) {
  for (const PlannedNode& node : outline.nodes) {
    details_[node.id] = one_line(node.detail);
    longest_id_ = std::max(longest_id_, node.id.size());
  }
  for (const PlannedNode& node : outline.nested) {
    details_[node.id] = one_line(node.detail);
  }
}

void PlainProgress::on_note(const engine::Note& note, core::Timestamp at) {
  if (const auto* started = std::get_if<engine::NodeStarted>(&note)) {
    start(*started, at);
  } else if (const auto* missed = std::get_if<engine::AttemptFailed>(&note)) {
    miss(*missed);
  } else if (const auto* finished = std::get_if<engine::NodeFinished>(&note)) {
    finish(*finished, at);
  }
}

void PlainProgress::start(const engine::NodeStarted& note, core::Timestamp at) {
  if (is_scaffolding(note.type)) return;
  Running& running = running_.try_emplace(note.path, Running{at}).first->second;
  running.attempt = note.attempt;
  std::string text = details_[note.node_id];
  append(text, signal_words(note.type, note.inputs));
  if (note.attempt > 1) append(text, "attempt " + std::to_string(note.attempt));
  tell("start", note.path, text);
}

void PlainProgress::miss(const engine::AttemptFailed& note) {
  tell("retry", note.path, one_line(note.failure.message));
}

void PlainProgress::finish(const engine::NodeFinished& note, core::Timestamp at) {
  if (is_scaffolding(note.type) && note.status != core::NodeStatus::failed) return;
  std::string text;
  int attempt = 1;
  if (const auto running = running_.find(note.path); running != running_.end()) {
    text = core::format_duration(at - running->second.since);
    attempt = running->second.attempt;
    running_.erase(running);
  }
  if (note.status == core::NodeStatus::skipped) append(text, skip_words(note.skip_reason));
  if (note.failure) append(text, failure_words(note.failure->message, attempt));
  if (note.failure_is_handled) text += ", handled";
  tell(verb_of(note.status), note.path, text);
  for (const std::string& warning : note.warnings) {
    tell("warn", note.path, one_line(warning));
  }
}

void PlainProgress::tell(std::string_view verb, std::string_view path, std::string_view text) {
  std::string line = pad_right(verb, longest_verb) + " ";
  if (text.empty()) {
    line += path;
  } else {
    line.append(pad_right(path, longest_id_)).append("  ").append(text);
  }
  output_.line(line);
  // At once: it may be a log that somebody follows, and the process may be killed.
  output_.flush();
}

}  // namespace goflow::cli
