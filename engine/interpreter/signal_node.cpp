#include "core/workflow/words.hpp"
#include "engine/interpreter/effect_awaiter.hpp"
#include "engine/interpreter/node_work.hpp"
#include "engine/interpreter/outcome.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace goflow::engine {

namespace {

core::Result<std::string, core::Failure> name_of(const core::SignalNode& signal,
                                                 const core::Environment& environment) {
  GOFLOW_TRY(std::string name, render(signal.signal, environment));
  if (core::is_node_id(name)) return name;
  return data_failure(fmt::format("'{}' cannot be the name of a signal", name), signal.signal.at);
}

/// What somebody has to know who is to send it.
core::Object request_of(const NodeVisit& visit, const std::string& name) {
  core::Object request{{"signal", name}};
  if (!visit.node.description.empty()) request.set("description", visit.node.description);
  return request;
}

}  // namespace

Task<EffectOutcome> run_signal(NodeVisit& visit, const core::SignalNode& signal) {
  if (visit.cancel.cancelled()) co_return cancelled();
  auto name = name_of(signal, visit.environment());
  if (!name) {
    visit.note_started();
    co_return failed(std::move(name).error());
  }
  visit.note_started(request_of(visit, *name));
  Effect wait =
      SignalEffect{.path = visit.path, .name = *std::move(name), .timeout = visit.node.timeout};
  EffectOutcome outcome = co_await EffectAwaiter(visit.run.runtime, visit.cancel, std::move(wait));
  co_return outcome;
}

}  // namespace goflow::engine
