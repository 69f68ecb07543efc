// The saved workflows that run by themselves.
#pragma once

#include "cli/arguments/workflow_argument.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/schedule/time_zone.hpp"
#include "core/workflow/workflow.hpp"

#include <string>
#include <vector>

namespace goflow::cli {

struct ScheduledWorkflow {
  WorkflowSource source;
  core::Workflow workflow;
  core::TimeZone zone;  // of its schedule

  [[nodiscard]] const core::Schedule& schedule() const { return *workflow.schedule; }
};

/// All that have a schedule and can be run, by id; without reading the files of the others.
core::Result<std::vector<std::string>> scheduled_workflow_ids(Context& context);

/// failed_precondition: it has no schedule. What is wrong with the file goes to stderr.
core::Result<ScheduledWorkflow> find_scheduled_workflow(const std::string& id, Context& context);

/// For commands that take any number of names: none means all.
core::Result<std::vector<std::string>> named_or_all(const std::vector<std::string>& names,
                                                    Context& context);

/// "next: Tue 2026-11-24 02:00 CET, …": the three times that come, each once; for a person.
core::Result<std::string> next_three(const core::Schedule& schedule, core::Timestamp now);
/// The same of a workflow; empty where it has no schedule, or its time zone is not known here.
std::string next_times(const core::Workflow& workflow, core::Timestamp now);

}  // namespace goflow::cli
