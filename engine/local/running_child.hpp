// A run that is the work of a node of another run, in the same process and on the same loop.
#pragma once

#include "core/base/result.hpp"
#include "core/workflow/workflow.hpp"
#include "engine/interpreter/runtime.hpp"
#include "engine/local/child_observer.hpp"
#include "engine/local/execution_run.hpp"
#include "engine/local/local_run.hpp"

#include <memory>
#include <optional>
#include <string>

namespace goflow::engine {

class RunningChild {
 public:
  RunningChild(core::Workflow workflow,
               LocalRunRequest request,
               std::unique_ptr<core::RunJournal> journal,
               EventLoop& loop,
               const core::Clock& clock,
               RunObserver& outer,
               const std::string& node_path);

  /// True: it is over.
  bool turn();
  [[nodiscard]] bool wants_turn() const { return wants_turn_; }
  [[nodiscard]] bool is_waiting() const { return run_.is_waiting(); }
  void beat() { run_.beat(); }
  enum class End { gently, at_once };
  /// The outer run does not need it any more.
  void cancel(End end);
  /// Ends at once, and nothing more is recorded of it.
  void abandon(core::Error reason);
  /// Once it is over. An Error: its history cannot be written.
  [[nodiscard]] core::Result<EffectOutcome> outcome();

 private:
  core::Workflow workflow_;
  std::unique_ptr<core::RunJournal> journal_;
  LocalRunRequest request_;
  ChildObserver observer_;
  const core::Clock& clock_;
  ExecutionRun run_;
  bool wants_turn_ = true;
  bool is_unwanted_ = false;
};

/// Where the work of a node is a run: the effect with the attempt of the record, and the run that
/// it is part of.
struct ChildPlace {
  const ChildEffect& effect;
  std::string node_execution_id;
  const LocalRunRequest& parent;
};

/// One of both.
struct BegunChild {
  std::unique_ptr<RunningChild> running = nullptr;
  std::optional<EffectOutcome> outcome = std::nullopt;
};

enum class UnknownChild {
  create,
  leave,  // it is to be ended, so what has not begun counts as cancelled
};

/// Begins it, goes on with it when it was interrupted, or tells how it ended when it has. An
/// Error: history could not answer.
core::Result<BegunChild> begin_child(const ChildPlace& place,
                                     UnknownChild unknown,
                                     EventLoop& loop,
                                     const core::Clock& clock,
                                     RunObserver& observer);

}  // namespace goflow::engine
