#include "cli/io/event_lines.hpp"

#include "core/base/utf8.hpp"
#include "core/value/json.hpp"

#include <utility>
#include <variant>

namespace goflow::cli {
namespace {

using core::Object;
using core::Value;

template <class NodeNote>
Object identity(const NodeNote& note) {
  return Object{{"path", note.path}, {"node", note.node_id}, {"type", note.type}};
}

Object members_of(const engine::NodeStarted& note) {
  Object members = identity(note);
  members.set("attempt", note.attempt);
  return members;
}

Object members_of(const engine::AttemptFailed& note) {
  return Object{
      {"path", note.path}, {"attempt", note.attempt}, {"error", core::to_value(note.failure)}};
}

Object members_of(const engine::NodeFinished& note) {
  Object members = identity(note);
  if (note.failure) members.set("error", core::to_value(*note.failure));
  if (note.failure_is_handled) members.set("handled", true);
  if (!note.skip_reason.empty()) members.set("reason", note.skip_reason);
  if (!note.warnings.empty()) {
    members.set("warnings", core::Array(note.warnings.begin(), note.warnings.end()));
  }
  return members;
}

Object members_of(const engine::VariableSet& note) {
  return Object{{"path", note.node_path},
                {"scope", note.scope},
                {"name", note.name},
                {"value", note.new_value}};
}

std::string event_of(core::NodeStatus status) {
  return "node_" + std::string(core::to_string(status));
}

}  // namespace

EventLines::EventLines(Output& output, std::string execution_id, const core::Clock& clock)
    : output_(output), execution_id_(std::move(execution_id)), clock_(clock) {}

void EventLines::on_note(const engine::Note& note, core::Timestamp at) {
  if (const auto* started = std::get_if<engine::NodeStarted>(&note)) {
    started_.try_emplace(started->path, at);
    emit("node_started", at, members_of(*started));
  } else if (const auto* missed = std::get_if<engine::AttemptFailed>(&note)) {
    emit("attempt_failed", at, members_of(*missed));
  } else if (const auto* finished = std::get_if<engine::NodeFinished>(&note)) {
    Object members = members_of(*finished);
    add_duration(members, finished->path, at);
    emit(event_of(finished->status), at, members);
  } else if (const auto* variable = std::get_if<engine::VariableSet>(&note)) {
    emit("variable_set", at, members_of(*variable));
  }
}

void EventLines::on_status(core::ExecutionStatus status, core::Timestamp at) {
  emit("status", at, Object{{"execution", execution_id_}, {"status", core::to_string(status)}});
}

void EventLines::on_output(const std::string& path,
                           std::string_view stream,
                           std::string_view text) {
  std::string& waiting = unfinished_[path + "\n" + std::string(stream)];
  waiting += text;
  const std::size_t length = core::utf8::complete_length(waiting);
  if (length == 0) return;
  const std::string whole = core::utf8::valid(std::string_view(waiting).substr(0, length));
  waiting.erase(0, length);
  emit("output", clock_.now(), Object{{"path", path}, {"stream", stream}, {"text", whole}});
}

void EventLines::on_finished(const engine::RunResult& result, core::Timestamp at) {
  Object members{{"execution", execution_id_},
                 {"status", core::to_string(result.status)},
                 {"return_value", result.return_value},
                 {"error", result.failure ? core::to_value(*result.failure) : Value()}};
  if (!result.warnings.empty()) {
    members.set("warnings", core::Array(result.warnings.begin(), result.warnings.end()));
  }
  emit("execution_finished", at, members);
}

void EventLines::emit(std::string_view event, core::Timestamp at, const Object& members) {
  Object line{{"time", core::format_rfc3339(at)}, {"event", event}};
  for (const auto& [name, value] : members) {
    line.set(name, value);
  }
  output_.line(core::to_json(line));
  // At once: whoever reads this waits for it.
  output_.flush();
}

void EventLines::add_duration(Object& members, const std::string& path, core::Timestamp at) {
  const auto started = started_.find(path);
  if (started == started_.end()) return;
  const auto took = std::chrono::round<std::chrono::milliseconds>(at - started->second);
  members.set("duration_ms", static_cast<std::int64_t>(took.count()));
  started_.erase(started);
}

}  // namespace goflow::cli
