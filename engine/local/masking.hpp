// Keeps credentials out of what nodes and runs came to. Where it comes from outside it is masked
// already; here also what a workflow has put together again.
#pragma once

#include "core/secret/redactor.hpp"
#include "engine/interpreter/runtime.hpp"
#include "engine/interpreter/workflow_run.hpp"

namespace goflow::engine {

core::Failure masked(core::Failure failure, const core::Redactor& redactor);
EffectOutcome masked(EffectOutcome outcome, const core::Redactor& redactor);
Note masked(Note note, const core::Redactor& redactor);
RunResult masked(RunResult result, const core::Redactor& redactor);

}  // namespace goflow::engine
