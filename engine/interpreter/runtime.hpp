// The seam between deciding and doing: what an interpreter may ask of the world, as plain data.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/value/value.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace goflow::engine {

/// Do one attempt of a node's work. `input` is all that the work gets to know.
struct ActivityEffect {
  std::string path;
  std::string node_id;
  std::string type;  // names the runner: "shell"
  int attempt = 1;
  core::Value input = {};
  std::optional<std::chrono::milliseconds> timeout = std::nullopt;
  std::string value_name = {};  // what the workflow calls its value
};

/// Wait until a time, durably: the due time is remembered when the wait begins.
struct SleepEffect {
  // Of the node that waits; "<path>#timeout" when it limits the time of a node.
  std::string path;
  int attempt = 1;  // of a retry delay: the attempt that comes after it
  std::variant<std::chrono::milliseconds, core::Timestamp> until;
  // The runtime multiplies the duration by a random factor in [1 - jitter, 1 + jitter].
  double jitter = 0;
  std::chrono::milliseconds longest = std::chrono::milliseconds::max();
  // However chance and `longest` have it.
  std::chrono::milliseconds shortest{0};
  // The path of the node, containing others, whose time it limits.
  std::optional<std::string> limited = std::nullopt;
};

/// Wait for a signal by name, durably; its outcome has the data that came with it. Signals go to
/// the effect that began first.
struct SignalEffect {
  std::string path;
  std::string name;
  std::optional<std::chrono::milliseconds> timeout = std::nullopt;
};

/// Do the work of another workflow, as a run of its own that is remembered by itself.
struct ChildEffect {
  std::string path;
  std::string node_id;
  int attempt = 1;
  std::string workflow;      // id of a stored one
  core::Object inputs = {};  // as given; the runtime checks them
};

/// Let all that was answered meanwhile go first: asked for by work that may go on for long without
/// any other effect. It is remembered as over when something was recorded within `path`, or when
/// the attempt of `container` has ended without.
struct YieldEffect {
  std::string path;       // of what comes next
  std::string container;  // of the node that does it
  int attempt = 1;        // of that node
};

using Effect = std::variant<ActivityEffect, SleepEffect, SignalEffect, ChildEffect, YieldEffect>;

struct EffectOutcome {
  enum class Status { completed, failed, cancelled, skipped };
  Status status = Status::completed;
  core::Value value = {};
  std::optional<core::Failure> failure =
      std::nullopt;  // of a failed one; how a cancelled one ended
  std::vector<std::string> warnings = {};
  core::Object facts = {};  // what its kind tells besides its value
  // What was written to standard output is the value, as text, or else its member `stdout`. It is
  // put there by whoever keeps what was written.
  bool output_is_value = false;
};

using EffectId = std::uint64_t;
using EffectDone = std::function<void(EffectOutcome)>;

/// A node begins (again, when attempt > 1). Nodes whose work is an effect are noted before it.
struct NodeStarted {
  std::string path;
  std::string node_id;
  std::string type;
  int attempt = 1;
  core::Value inputs = {};
};

/// An attempt failed and another one follows.
struct AttemptFailed {
  std::string path;
  int attempt = 1;
  core::Failure failure = {};
};

/// A node has reached its last state: completed, failed, skipped or cancelled.
struct NodeFinished {
  std::string path;
  std::string node_id;
  std::string type;
  core::NodeStatus status = core::NodeStatus::completed;
  core::Value value = {};
  std::optional<core::Failure> failure = std::nullopt;
  bool failure_is_handled = false;  // by on_error
  std::string skip_reason = {};     // not_taken, when
  std::vector<std::string> warnings = {};
  core::Object facts = {};  // what its kind tells besides its value
};

struct VariableSet {
  std::string scope;      // path of the round or branch; empty at the top level
  std::string node_path;  // who wrote it
  std::string name;
  std::optional<core::Value> old_value = std::nullopt;
  core::Value new_value = {};
};

/// How far a loop or a parallel node has come; for the eye only, never recorded.
struct Progress {
  std::string path;
  std::int64_t done = 0;
  std::optional<std::int64_t> total = std::nullopt;
};

using Note = std::variant<NodeStarted, AttemptFailed, NodeFinished, VariableSet, Progress>;

/// Carries out effects and remembers their outcomes under their path.
///
/// 1. Everything happens on one thread. `done` is called exactly once per effect, later, never
///    from within begin() or cancel().
/// 2. Notes are remembered in the order they are given, before any effect that begins after them
///    is carried out, and before anybody else hears of them.
/// 3. When a run is continued, effects that were remembered as ended are answered from memory, in
///    the order in which they ended; notes that are remembered already change nothing.
class Runtime {
 public:
  virtual ~Runtime() = default;
  virtual EffectId begin(Effect effect, EffectDone done) = 0;
  /// Asks for the end of an effect; its `done` still comes, with whatever became of it.
  virtual void cancel(EffectId id) = 0;
  /// When it happened: now, or as it is remembered.
  virtual core::Timestamp note(Note note) = 0;
  /// How the attempt of a node without effects (a transform, a condition) completed or failed, if
  /// that is remembered.
  [[nodiscard]] virtual std::optional<EffectOutcome> remembered(const std::string& path,
                                                                int attempt) = 0;
  /// What the `when` of a node came to, if it is remembered: what it looked at, such as the time,
  /// may be another now.
  [[nodiscard]] virtual std::optional<bool> remembered_when(const std::string& path) = 0;
  /// What the attempt of a node was given, if it is remembered as begun.
  [[nodiscard]] virtual std::optional<core::Value> remembered_inputs(const std::string& path,
                                                                     int attempt) = 0;
  /// Whether a round of a loop took place, if that is remembered.
  [[nodiscard]] virtual std::optional<bool> remembered_round(const std::string& loop_path,
                                                             int attempt,
                                                             const std::string& round_path) = 0;
  /// The time for the expressions of an attempt: when it began, as far as that is remembered, so
  /// that they get the same answer in every replay. For a run's own expressions the path is empty.
  [[nodiscard]] virtual core::Timestamp now(const std::string& path, int attempt) = 0;
  /// A variable of the process that created the run, the same in every replay; nullopt: it had none
  /// of that name.
  [[nodiscard]] virtual std::optional<std::string> process_variable(const std::string& name) = 0;
  /// The same value, which need not stay in this process: it may be kept elsewhere and come back
  /// when somebody looks at it. `name` is what the workflow calls it, `path` that of the node where
  /// it came into being; empty: in none.
  [[nodiscard]] virtual core::Value kept(core::Value value,
                                         const std::string& name,
                                         const std::string& path) = 0;
  /// The same of each member, if it is an object.
  [[nodiscard]] virtual core::Value kept_fields(core::Value record,
                                                const std::string& name,
                                                const std::string& path) = 0;
  /// Looked up afresh in every replay, since credentials are never recorded.
  [[nodiscard]] virtual core::Result<core::Value> secret(const std::string& name) = 0;
  /// Whether all of it can be kept out of texts: what is too short cannot.
  [[nodiscard]] virtual bool can_mask(const std::string& secret_name) const = 0;
  /// The same without any credential in its texts. What ends an effect comes without already.
  [[nodiscard]] virtual core::Failure masked(core::Failure failure) const = 0;
};

}  // namespace goflow::engine
