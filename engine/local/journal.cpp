#include "engine/local/journal.hpp"

#include "core/base/ulid.hpp"
#include "engine/interpreter/retry.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>

namespace goflow::engine {
namespace {

constexpr std::size_t most_rows = 512;
constexpr std::chrono::milliseconds longest_wait{50};

core::Failure interruption() {
  return core::Failure{std::string(interrupted_type), "goflow ended while the node was running"};
}

}  // namespace

Journal::Journal(core::RunJournal& journal, RunObserver& observer, core::Execution execution)
    : journal_(journal), observer_(observer), execution_(std::move(execution)) {}

void Journal::resume(core::NodeExecution node) {
  std::string path = node.path;
  running_.insert_or_assign(std::move(path), std::move(node));
}

void Journal::settle(core::NodeExecution node) {
  running_.erase(node.path);
  hearings_.emplace_back(NodeFinished{.path = node.path,
                                      .node_id = node.node_id,
                                      .type = node.node_type,
                                      .status = node.status,
                                      .failure = node.error,
                                      .skip_reason = node.skip_reason},
                         *node.completed_at);
  put(std::move(node));
}

void Journal::note(Note note, core::Timestamp now) {
  if (!oldest_) oldest_ = now;
  std::visit([&](const auto& what) { write(what, now); }, note);
  hearings_.emplace_back(std::move(note), now);
}

void Journal::note_interruption(const std::string& path, core::Timestamp now) {
  const core::NodeExecution node = running_.at(path);
  note(AttemptFailed{path, node.attempt, interruption()}, now);
  note(NodeStarted{path, node.node_id, node.node_type, node.attempt + 1, node.inputs}, now);
}

void Journal::leave_out(const std::string& path, core::Timestamp now) {
  const auto found = running_.find(path);
  if (found == running_.end() || found->second.status != core::NodeStatus::pending) return;
  note(NodeFinished{.path = path,
                    .node_id = found->second.node_id,
                    .type = found->second.node_type,
                    .status = core::NodeStatus::skipped,
                    .skip_reason = "not_taken"},
       now);
}

void Journal::note_wait(const std::string& path, int attempt, core::WaitRecord wait) {
  const auto found = running_.find(path);
  if (found == running_.end()) return;  // a time limit: no node of its own
  found->second.attempt = attempt;
  found->second.wait = std::move(wait);
  put(found->second);
}

void Journal::note_process(const std::string& path, core::ProcessRecord process) {
  core::NodeExecution& node = running_.at(path);
  node.process = std::move(process);
  put(node);
}

void Journal::note_log(core::NodeLog log) {
  batch_.logs.push_back(std::move(log));
}

void Journal::note_spent(SpoolFile file) {
  spent_files_.push_back(std::move(file));
}

void Journal::note_execution(core::Execution execution, core::Timestamp now) {
  // The one table of moves holds for the engine, too.
  assert(execution.status == execution_.status || may_move(execution_.status, execution.status));
  const bool goes_on = !is_terminal(execution.status);
  if (goes_on && execution.status != execution_.status)
    hearings_.emplace_back(execution.status, now);
  execution_ = std::move(execution);
  if (execution_.audit) {
    execution_.audit->status.updated_at = now;
    execution_.audit->status.event = "updated";
  }
  batch_.execution = execution_;
}

bool Journal::is_due(core::Timestamp now) const {
  return batch_.nodes.size() + batch_.variables.size() >= most_rows ||
         (oldest_ && now - *oldest_ >= longest_wait);
}

core::Result<void> Journal::commit() {
  drop_replaced_rows();
  if (!batch_.empty()) {
    GOFLOW_TRY(journal_.commit(batch_));
  }
  batch_ = {};
  places_.clear();
  oldest_.reset();
  for (const SpoolFile& file : std::exchange(spent_files_, {})) {
    file.remove();
  }
  const auto hearings = std::exchange(hearings_, {});
  for (const auto& [hearing, at] : hearings) {
    tell(hearing, at);
  }
  return {};
}

void Journal::write(const NodeStarted& note, core::Timestamp now) {
  const auto [found, is_new] =
      running_.try_emplace(note.path, new_node(note.path, note.node_id, note.type, now));
  core::NodeExecution& node = found->second;
  node.status = core::NodeStatus::running;
  node.attempt = note.attempt;
  node.started_at = now;
  node.inputs = note.inputs;
  node.wait.reset();
  node.process.reset();
  put(node);
}

void Journal::write(const AttemptFailed& note, core::Timestamp now) {
  const core::NodeExecution& node = running_.at(note.path);
  batch_.attempts.push_back(core::NodeAttempt{
      note.path, note.attempt, node.started_at.value_or(node.created_at), now, note.failure});
}

void Journal::write(const NodeFinished& note, core::Timestamp now) {
  auto known = running_.extract(note.path);
  core::NodeExecution node =
      known.empty() ? new_node(note.path, note.node_id, note.type, now) : std::move(known.mapped());
  node.status = note.status;
  node.outputs = note.value;
  node.error = note.failure;
  node.skip_reason = note.skip_reason;
  node.warnings = note.warnings;
  node.facts = note.facts;
  node.wait.reset();
  node.process.reset();
  if (note.status != core::NodeStatus::skipped) {
    if (!node.started_at) node.started_at = now;
    // The clock of the machine may have been set back meanwhile.
    node.completed_at = std::max(now, *node.started_at);
  }
  put(std::move(node));
}

void Journal::write(const VariableSet& note, core::Timestamp now) {
  batch_.variables.push_back(core::VariableChange{
      note.scope, note.node_path, note.name, note.old_value, note.new_value, now});
}

core::NodeExecution Journal::new_node(const std::string& path,
                                      const std::string& node_id,
                                      const std::string& type,
                                      core::Timestamp now) const {
  core::NodeExecution node;
  node.id = core::new_node_execution_id(now);
  node.execution_id = execution_.id;
  node.node_id = node_id;
  node.node_type = type;
  node.path = path;
  node.created_at = now;
  return node;
}

// The latest row of a path goes to the end: the order of the rows is the order in which nodes
// ended, and by it they are remembered.
void Journal::put(core::NodeExecution node) {
  const auto [place, is_new] = places_.try_emplace(node.path, batch_.nodes.size());
  if (!is_new) {
    batch_.nodes[place->second].path.clear();
    place->second = batch_.nodes.size();
  }
  batch_.nodes.push_back(std::move(node));
}

void Journal::drop_replaced_rows() {
  std::erase_if(batch_.nodes, [](const core::NodeExecution& node) { return node.path.empty(); });
}

void Journal::tell(const Hearing& hearing, core::Timestamp at) {
  if (const auto* note = std::get_if<Note>(&hearing)) {
    observer_.on_note(*note, at);
  } else {
    observer_.on_status(std::get<core::ExecutionStatus>(hearing), at);
  }
}

}  // namespace goflow::engine
