#include "cli/arguments/execution_filter.hpp"

#include "cli/arguments/execution_argument.hpp"
#include "cli/arguments/instance_argument.hpp"
#include "core/base/suggest.hpp"
#include "core/execution/naming.hpp"
#include "core/execution/search.hpp"
#include "engine/local/process_identity.hpp"

#include <algorithm>
#include <set>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::ExecutionFilter;
using core::ExecutionStatus;
using core::Result;

constexpr const char* interrupted = "interrupted";

/// A duration before now, a date, or an RFC 3339 time.
/// Seconds elsewhere, but here it could as well be a year.
bool lacks_unit(const std::string& text) {
  return text.find_first_not_of("0123456789.") == std::string::npos;
}

Result<core::Timestamp> parse_time(const std::string& text, core::Timestamp now) {
  if (const auto ago = core::parse_duration(text); ago && !lacks_unit(text)) return now - *ago;
  if (const auto time = core::parse_rfc3339(text)) return *time;
  if (const auto day = core::parse_rfc3339(text + "T00:00:00Z")) return *day;
  return Error{ErrorCode::invalid_argument, "'" + text + "' is not a time"}.with_hint(
      "write 90m, 24h, 7d, 2026-01-05 or 2026-01-05T09:30:00Z");
}

Error unknown_status(const std::string& word) {
  std::vector<std::string> words{interrupted};
  for (const std::string_view known : core::status_selection_words()) {
    words.emplace_back(known);
  }
  std::string hint = core::did_you_mean(word, words);
  if (hint.empty()) {
    hint = "one of: interrupted";
    for (const std::string_view known : core::status_selection_words()) {
      hint += " " + std::string(known);
    }
  }
  return Error{ErrorCode::invalid_argument, "--status: '" + word + "' is no status"}.with_hint(
      hint);
}

/// One that was deleted still has its executions, under its whole id.
Result<std::string> instance_id(const std::string& word,
                                core::ExecutionStore* store,
                                Context& context) {
  GOFLOW_TRY(core::InstanceStore * instances, context.instances_if_any());
  const auto found = find_instance(word, instances);
  if (found) return found->id;
  if (found.error().code != ErrorCode::not_found || store == nullptr) return found.error();
  core::ExecutionFilter filter;
  filter.instance_id = word;
  GOFLOW_TRY(const auto page, store->list(filter, 1, std::nullopt));
  if (!page.executions.empty()) return word;
  return found.error();
}

/// --workflow takes the id of an instance, too.
Result<void> add_workflow(ExecutionFilter& filter,
                          const std::string& word,
                          core::ExecutionStore* store,
                          Context& context) {
  if (word.starts_with("win-")) {
    GOFLOW_TRY(filter.instance_id, instance_id(word, store, context));
    return {};
  }
  filter.workflow_id = word;
  return check_workflow(word, store, context);
}

Result<void> add_words(ExecutionFilter& filter, const FilterArguments& arguments) {
  filter.tags = arguments.tags;
  for (const std::string& written : arguments.labels) {
    GOFLOW_TRY(core::Label label, core::parse_label(written));
    filter.labels.push_back({std::move(label.key), std::move(label.value)});
  }
  filter.search = arguments.search.value_or("");
  return {};
}

}  // namespace

bool FilterArguments::empty() const {
  return !workflow && !instance && statuses.empty() && !since && !until && tags.empty() &&
         labels.empty() && !search;
}

void declare_filters(Command& command, FilterArguments& arguments) {
  command.group("Filters");
  command.option("--workflow ID", arguments.workflow, "only executions of this workflow")
      .completes(CompletesWith::workflow_id);
  command.option("--instance ID", arguments.instance, "only of this instance: its id or slug")
      .completes(CompletesWith::instance_id);
  command.option("--status STATUS", arguments.statuses, "a status, a phase or 'interrupted'")
      .completes(CompletesWith::status);
  command.option("--since TIME", arguments.since, "created at or after: 90m, 7d, 2026-01-05");
  command.option("--until TIME", arguments.until, "created before");
  command.option("--tag TAG", arguments.tags, "with this tag; of several all are needed");
  command.option(
      "--label LABEL", arguments.labels, "with this label: its key, or KEY=VALUE; all are needed");
  command.option("--search TEXT",
                 arguments.search,
                 "with this text in id, name, workflow, a tag or the error");
  command.flag("--all-levels",
               arguments.all_levels,
               "also those that are part of another execution, as the work of one of its nodes");
  command.group("");
}

Result<void> add_statuses(ExecutionFilter& filter,
                          const std::vector<std::string>& words,
                          core::Timestamp now) {
  std::set<ExecutionStatus> asked;
  bool asks_interrupted = false;
  for (const std::string& word : words) {
    if (core::folded(word) == interrupted) {
      asks_interrupted = true;
      continue;
    }
    const auto selection = core::parse_status_selection(word);
    if (!selection) return unknown_status(word);
    asked.insert(selection->begin(), selection->end());
  }
  filter.statuses.assign(asked.begin(), asked.end());
  if (!asks_interrupted) return {};
  for (const auto status : {ExecutionStatus::running, ExecutionStatus::waiting}) {
    if (!asked.contains(status)) filter.statuses.push_back(status);
  }
  filter.keep = [asked, now](const core::Execution& execution) {
    return asked.contains(execution.status) || engine::is_interrupted(execution, now);
  };
  return {};
}

Result<void> check_workflow(const std::string& id, core::ExecutionStore* store, Context& context) {
  if (store != nullptr) {
    GOFLOW_TRY(const auto latest, store->latest(id));
    if (latest) return {};
  }
  GOFLOW_TRY(core::WorkflowStore * workflows, context.workflows());
  GOFLOW_TRY(auto ids, workflows->ids());
  if (std::find(ids.begin(), ids.end(), id) != ids.end()) return {};
  if (store != nullptr) {
    GOFLOW_TRY(const auto past, workflows_that_ran(*store));
    ids.insert(ids.end(), past.begin(), past.end());
  }
  return Error{ErrorCode::not_found, "no workflow named '" + id + "'"}.with_hint(
      core::did_you_mean(id, ids));
}

Result<ExecutionFilter> make_filter(const FilterArguments& arguments,
                                    core::ExecutionStore* store,
                                    Context& context) {
  const core::Timestamp now = context.now();
  ExecutionFilter filter;
  GOFLOW_TRY(add_statuses(filter, arguments.statuses, now));
  if (arguments.since) {
    GOFLOW_TRY(filter.since, parse_time(*arguments.since, now));
  }
  if (arguments.until) {
    GOFLOW_TRY(filter.until, parse_time(*arguments.until, now));
  }
  GOFLOW_TRY(add_words(filter, arguments));
  filter.with_children = arguments.all_levels;
  if (arguments.workflow) GOFLOW_TRY(add_workflow(filter, *arguments.workflow, store, context));
  if (arguments.instance) {
    GOFLOW_TRY(filter.instance_id, instance_id(*arguments.instance, store, context));
  }
  return filter;
}

}  // namespace goflow::cli
