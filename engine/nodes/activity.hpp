// The seam to the kinds of work: each knows how to do one attempt of one node.
#pragma once

#include "core/base/result.hpp"
#include "core/secret/redactor.hpp"
#include "engine/interpreter/runtime.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::engine {

class EventLoop;
class JqWorker;
class McpServers;
class Scratch;

/// What the work of a run may use.
struct ActivityServices {
  EventLoop& loop;
  Scratch& scratch;
  std::string execution_id;
  std::string workflow_id;
  std::string working_directory;
  std::vector<std::string> environment;  // "NAME=value"
  core::Redactor& redactor;              // what comes from outside goes through it
  JqWorker* jq = nullptr;                // of the programs of this workflow
  McpServers* servers = nullptr;         // that this run has started
};

struct ActivityEvents {
  std::function<void(std::string_view stream, std::string_view text)> on_output;
  /// Once, last, never from within a call to the activity.
  std::function<void(EffectOutcome)> on_done;
};

/// One attempt, going on. Destroying it ends it at once and silently.
class Activity {
 public:
  virtual ~Activity() = default;
  /// Asks for its end in its own way, which takes at most ten seconds.
  virtual void cancel() = 0;
  /// Ends it at once; `on_done` still comes.
  virtual void kill() = 0;
  /// The process group to be ended should goflow die; nullopt: there is none.
  [[nodiscard]] virtual std::optional<std::int64_t> process_group() const = 0;
};

/// Begins an attempt on the event loop. A Failure: it could not begin; nothing is left of it.
using ActivityRunner = core::Result<std::unique_ptr<Activity>, core::Failure> (*)(
    const ActivityEffect& effect, ActivityServices& services, ActivityEvents events);

/// The runner for a type of node; nullptr: there is none.
ActivityRunner find_runner(std::string_view type);

}  // namespace goflow::engine
