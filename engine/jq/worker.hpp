// Has the jq programs of a workflow computed in a process beside this one.
#pragma once

#include "core/base/result.hpp"
#include "core/expression/jq_program.hpp"
#include "core/value/value.hpp"
#include "core/workflow/surroundings.hpp"
#include "engine/jq/frames.hpp"
#include "engine/loop/child_process.hpp"
#include "engine/loop/event_loop.hpp"
#include "engine/loop/timer.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace goflow::engine {

/// Why a call has no value.
struct JqFailure {
  enum class Kind {
    unavailable,  // jq cannot be had here
    data,         // the program failed
    timeout,
  };
  Kind kind = Kind::data;
  std::string message;
  std::string hint = {};
};

/// 1. The process is started by the first call, compiles all programs at once, and serves one call
///    after the other, in the order in which they were made.
/// 2. A call that takes too long, or is withdrawn while it is computed, takes the process with it;
///    the calls behind it go to a new one.
/// 3. Nobody is called back from within a call to the worker, nor any more when it is gone.
class JqWorker {
 public:
  using CallId = std::uint64_t;
  using Answer = std::function<void(core::Result<core::Value, JqFailure>)>;

  /// `command` starts a process that calls serve_jq.
  JqWorker(EventLoop& loop,
           std::vector<std::string> command,
           std::vector<core::JqProgram> programs);
  ~JqWorker();
  JqWorker(const JqWorker&) = delete;
  JqWorker& operator=(const JqWorker&) = delete;

  /// `program` is the text of one of them; `call` gets its index. The limit is that of the
  /// computation alone, not of the calls before it.
  CallId call(const std::string& program,
              core::Object call,
              std::chrono::milliseconds limit,
              Answer answer);
  void withdraw(CallId id);

  /// What is wrong with the programs, told once; the Failure is never of kind data.
  using Verdict = std::function<void(core::Result<std::vector<core::JqFault>, JqFailure>)>;
  void check(Verdict verdict);

 private:
  struct Call {
    CallId id;
    std::string frame;
    std::chrono::milliseconds limit;
    Answer answer;
  };

  void serve_next();
  void compute();
  core::Result<void, JqFailure> start_process();
  void heard(std::string_view bytes);
  void heard_answer(const core::Value& answer);
  void heard_verdict(const core::Value& answer);
  void process_ended();
  void took_too_long();
  void finish(core::Result<core::Value, JqFailure> result);
  void stop_process();
  [[nodiscard]] std::string programs_frame() const;

  EventLoop& loop_;
  std::vector<std::string> command_;
  std::vector<core::JqProgram> programs_;
  std::deque<Call> calls_;  // the first is being computed, if is_busy_
  CallId last_id_ = 0;
  bool is_busy_ = false;
  Timer next_;
  Timer limit_;
  std::optional<Verdict> verdict_;
  bool is_compiled_ = false;
  FrameReader frames_;
  std::unique_ptr<ChildProcess> process_;
};

}  // namespace goflow::engine
