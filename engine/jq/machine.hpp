// The jq programs of one workflow, compiled together, ready to be run.
#pragma once

#include "core/base/result.hpp"
#include "core/expression/jq_program.hpp"
#include "core/value/value.hpp"
#include "core/workflow/surroundings.hpp"
#include "engine/jq/library.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::engine {

/// A program that was compiled may still run for ever, eat all memory or make libjq abort: for the
/// process of a JqServer, not for one that runs a workflow.
class JqMachine {
 public:
  /// The faults: at least one, unless the programs are sound.
  static core::Result<std::unique_ptr<JqMachine>, std::vector<core::JqFault>> compile(
      const JqLibrary& jq, std::span<const core::JqProgram> programs);
  ~JqMachine();
  JqMachine(const JqMachine&) = delete;
  JqMachine& operator=(const JqMachine&) = delete;

  /// `call` is the JSON text of `{program, input, variables, now}`.
  core::Result<core::Value> run(std::string_view call);

 private:
  JqMachine(const JqLibrary& jq, jq_state* state) : jq_(jq), state_(state) {}

  const JqLibrary& jq_;
  jq_state* state_;
};

}  // namespace goflow::engine
