// The way of a change to what an execution is called and found by.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"
#include "core/execution/pipeline/pipeline.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

/// As it was typed. What is removed and is not there is no mistake.
struct RevisionRequest {
  std::string written;  // whatever names an execution
  std::optional<std::string> name = std::nullopt;
  std::vector<std::string> tags = {};
  std::vector<std::string> untags = {};
  std::vector<std::string> labels = {};  // "key=value"
  std::vector<std::string> unlabels = {};
  std::vector<std::string> annotations = {};  // "key=value"
  std::vector<std::string> unannotations = {};
  std::string by = {};
};

struct Revision {
  RevisionRequest request;
  ExecutionStore* executions = nullptr;
  const Clock* clock = nullptr;
  Execution execution = {};  // as it was found, as it will be, as it was saved
};

namespace revision {

Result<Revision> validate_input(Revision revision);
Result<Revision> load_existing(Revision revision);
/// Id, slug, instance, inputs, status and the time of creation stay; only an execution that had no
/// slug gets one with its name.
Result<Revision> build_update_state(Revision revision);
/// Changes what is recorded by then, which may be more than what was found.
Result<Revision> persist(Revision revision);

}  // namespace revision

Pipeline<Revision> revision_pipeline();

}  // namespace goflow::core
