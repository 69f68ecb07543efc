// Reads workflow files: text in; a workflow, or everything that is wrong with it, out.
#pragma once

#include "core/workflow/diagnostic.hpp"
#include "core/workflow/surroundings.hpp"
#include "core/workflow/workflow.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

struct WorkflowReading {
  std::optional<Workflow> workflow;     // absent when there is an error
  std::vector<Diagnostic> diagnostics;  // all of them, by position
};

struct WorkflowOutline {
  std::string name;
  std::string description;
  std::int64_t nodes = 0;
  std::vector<std::string> cron = {};  // the lines of its schedule
  std::string time_zone = {};
};

struct OutlineReading {
  std::optional<WorkflowOutline> outline;  // absent when there is an error
  std::vector<Diagnostic> diagnostics;     // without the warnings that take long to find
};

/// Enough for a list; finds every error, as read_workflow() does.
OutlineReading read_outline(std::string_view text);

/// Reads and validates; never fails otherwise than by diagnostics, whatever the bytes.
WorkflowReading read_workflow(std::string_view text);

/// The same, with what it names outside of itself. `stored_as`: the id that its file name gives it.
WorkflowReading read_workflow(std::string_view text,
                              const Surroundings& surroundings,
                              const std::optional<std::string>& stored_as = std::nullopt);

/// The credentials that a file names, sorted, each once; of a file with mistakes as far as it can
/// be read.
std::vector<std::string> read_credential_names(std::string_view text);

}  // namespace goflow::core
