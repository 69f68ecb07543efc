// Tells an observer how a run goes on, at times that the test says.
#pragma once

#include "engine/local/run_observer.hpp"

#include <chrono>
#include <string>

namespace goflow::test {

class RunScript {
 public:
  explicit RunScript(engine::RunObserver& observer) : observer_(observer) {}

  RunScript& at(std::chrono::milliseconds since_begin) {
    now_ = begin + since_begin;
    return *this;
  }
  RunScript& running() { return status(core::ExecutionStatus::running); }
  RunScript& status(core::ExecutionStatus status) {
    observer_.on_status(status, now_);
    return *this;
  }
  RunScript& start(const std::string& path,
                   const std::string& node,
                   const std::string& type = "shell",
                   int attempt = 1) {
    return note(engine::NodeStarted{path, node, type, attempt});
  }
  RunScript& miss(const std::string& path, int attempt, const std::string& why) {
    return note(engine::AttemptFailed{path, attempt, core::Failure{"connection", why}});
  }
  RunScript& complete(const std::string& path,
                      const std::string& node,
                      const std::string& type = "shell") {
    return note(engine::NodeFinished{.path = path, .node_id = node, .type = type});
  }
  RunScript& fail(const std::string& path, const std::string& node, const std::string& why) {
    return note(engine::NodeFinished{.path = path,
                                     .node_id = node,
                                     .type = "shell",
                                     .status = core::NodeStatus::failed,
                                     .failure = core::Failure{"execution", why, node, path}});
  }
  RunScript& skip(const std::string& path, const std::string& node) {
    return note(engine::NodeFinished{.path = path,
                                     .node_id = node,
                                     .type = "shell",
                                     .status = core::NodeStatus::skipped,
                                     .skip_reason = "not_taken"});
  }
  RunScript& progress(const std::string& path, std::int64_t done, std::int64_t total) {
    return note(engine::Progress{path, done, total});
  }
  RunScript& note(const engine::Note& note) {
    observer_.on_note(note, now_);
    return *this;
  }
  RunScript& tick() {
    observer_.on_tick(now_);
    return *this;
  }
  void finish(core::ExecutionStatus status) {
    observer_.on_finished(engine::RunResult{.status = status}, now_);
  }

  static constexpr core::Timestamp begin{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20}};

 private:
  engine::RunObserver& observer_;
  core::Timestamp now_ = begin;
};

}  // namespace goflow::test
