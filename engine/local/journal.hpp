// Writes down what happens in a run, turn by turn, and only then lets others hear of it.
#pragma once

#include "core/execution/execution_store.hpp"
#include "engine/interpreter/runtime.hpp"
#include "engine/local/run_observer.hpp"
#include "engine/local/spool_file.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

namespace goflow::engine {

/// Attempts are those of the record. Nothing is kept in memory of a node that has ended.
class Journal {
 public:
  Journal(core::RunJournal& journal, RunObserver& observer, core::Execution execution);

  /// A node that is recorded as running, by whoever ran it before, or as to be tried again.
  void resume(core::NodeExecution node);
  /// A node that somebody has decided on while nobody ran it.
  void settle(core::NodeExecution node);

  void note(Note note, core::Timestamp now);
  /// The running attempt was cut off, and the next one begins.
  void note_interruption(const std::string& path, core::Timestamp now);
  /// A node that was to be tried again, and that this run does not come to.
  void leave_out(const std::string& path, core::Timestamp now);
  /// A node waits; `attempt` is the one that goes on, or begins, after it.
  void note_wait(const std::string& path, int attempt, core::WaitRecord wait);
  void note_process(const std::string& path, core::ProcessRecord process);
  void note_log(core::NodeLog log);
  /// Once that is recorded, nobody needs the file.
  void note_spent(SpoolFile file);
  /// Status, times, error and return value of the run as they are now.
  void note_execution(core::Execution execution, core::Timestamp now);

  /// The id of the node at this path, which is recorded as running.
  [[nodiscard]] const std::string& node_id_at(const std::string& path) const {
    return running_.at(path).id;
  }
  /// For the node at this path, which is recorded as running; it is asked of the history at once.
  core::Result<std::optional<core::Signal>> take_signal(const std::string& path,
                                                        const std::string& name,
                                                        const std::optional<core::Timestamp>& until,
                                                        core::Timestamp now) {
    return journal_.take_signal(path, name, until, now);
  }

  /// So much has been noted, or so long ago, that it must not wait for more.
  [[nodiscard]] bool is_due(core::Timestamp now) const;
  /// In one transaction; then the observer hears of it, in the order in which it was noted.
  core::Result<void> commit();

 private:
  using Hearing = std::variant<Note, core::ExecutionStatus>;

  void write(const NodeStarted& note, core::Timestamp now);
  void write(const AttemptFailed& note, core::Timestamp now);
  void write(const NodeFinished& note, core::Timestamp now);
  void write(const VariableSet& note, core::Timestamp now);
  void write(const Progress&, core::Timestamp) {}

  core::NodeExecution new_node(const std::string& path,
                               const std::string& node_id,
                               const std::string& type,
                               core::Timestamp now) const;
  void put(core::NodeExecution node);
  void drop_replaced_rows();
  void tell(const Hearing& hearing, core::Timestamp at);

  core::RunJournal& journal_;
  RunObserver& observer_;
  core::Execution execution_;
  std::unordered_map<std::string, core::NodeExecution> running_;  // by path

  core::JournalBatch batch_;
  std::unordered_map<std::string, std::size_t> places_;  // in batch_.nodes, by path
  std::vector<std::pair<Hearing, core::Timestamp>> hearings_;
  std::optional<core::Timestamp> oldest_;
  std::vector<SpoolFile> spent_files_;
};

}  // namespace goflow::engine
