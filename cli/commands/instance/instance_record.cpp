#include "cli/commands/instance/instance_record.hpp"

#include "cli/commands/exec/last_run.hpp"
#include "core/execution/audit_document.hpp"
#include "core/workflow/inputs.hpp"
#include "core/workflow/reader.hpp"

namespace goflow::cli {
namespace {

using core::Instance;
using core::Object;
using core::Result;
using core::Value;

constexpr Field fields[] = {
    {"id", "id of the instance"},
    {"name", "what it is called"},
    {"slug", "of its first name; it stands for the id"},
    {"workflow", "id of its workflow"},
    {"description", "what it is for"},
    {"inputs", "what it binds over the defaults of the workflow"},
    {"env", "environment variables over those of the workflow"},
    {"credentials", "namespace, and keys: the key that stands for each name"},
    {"labels", "its labels"},
    {"default", "true when the runs without an instance belong to it"},
    {"problem", "why it could not be run as it is, or null"},
    {"last_run", "id, status and started_at of its newest execution, or null"},
    {"created_at", "RFC 3339, UTC"},
    {"updated_at", "RFC 3339, UTC"},
    {"audit", "who made and changed it, and when"},
};

Object texts_record(const core::TextMap& texts) {
  Object record;
  for (const auto& [name, text] : texts) {
    record.set(name, text);
  }
  return record;
}

/// Whether what it binds still fits what its workflow declares by now.
std::string misfit(const Instance& instance, const std::string& text) {
  const core::WorkflowReading reading = core::read_workflow(text);
  if (!reading.workflow) return "";
  const auto checked = core::check_inputs(*reading.workflow, instance.inputs);
  return checked ? "" : checked.error().message;
}

Result<std::optional<core::Execution>> last_run_of(const Instance& instance, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * history, context.executions());
  core::ExecutionFilter filter;
  filter.instance_id = instance.id;
  GOFLOW_TRY(core::ExecutionPage page, history->list(filter, 1, std::nullopt));
  if (page.executions.empty()) return std::optional<core::Execution>();
  return std::optional(std::move(page.executions.front()));
}

}  // namespace

std::span<const Field> instance_fields() {
  return fields;
}

Result<InstanceViews> InstanceViews::open(Context& context) {
  InstanceViews views(context);
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  GOFLOW_TRY(const auto workflows, store->list());
  for (const core::WorkflowSummary& workflow : workflows) {
    views.is_valid_.emplace(workflow.id, workflow.problem.empty());
  }
  return views;
}

Result<InstanceView> InstanceViews::of(Instance instance) {
  InstanceView view{std::move(instance)};
  GOFLOW_TRY(core::InstanceStore * store, context_.instances());
  GOFLOW_TRY(const auto recorded, store->default_of(view.instance.workflow_id));
  view.is_default = recorded == view.instance.id;
  GOFLOW_TRY(view.problem, problem_of(view.instance));
  GOFLOW_TRY(view.last_run, last_run_of(view.instance, context_));
  return view;
}

Result<std::string> InstanceViews::problem_of(const Instance& instance) {
  const std::string& id = instance.workflow_id;
  const auto known = is_valid_.find(id);
  if (known == is_valid_.end()) return "no workflow '" + id + "' is saved";
  if (!known->second) return "workflow '" + id + "' is not valid";
  if (instance.inputs.empty()) return std::string();
  GOFLOW_TRY(core::WorkflowStore * store, context_.workflows());
  GOFLOW_TRY(const auto stored, store->find(id));
  return stored ? misfit(instance, stored->text) : "no workflow '" + id + "' is saved";
}

Result<InstanceView> view_of(Instance instance, Context& context) {
  GOFLOW_TRY(InstanceViews views, InstanceViews::open(context));
  return views.of(std::move(instance));
}

Object instance_record(const InstanceView& view) {
  const Instance& instance = view.instance;
  return {{"id", instance.id},
          {"name", instance.name},
          {"slug", instance.slug},
          {"workflow", instance.workflow_id},
          {"description", instance.description},
          {"inputs", instance.inputs},
          {"env", texts_record(instance.env)},
          {"credentials",
           Object{{"namespace", instance.credentials.credential_namespace},
                  {"keys", texts_record(instance.credentials.keys)}}},
          {"labels", texts_record(instance.labels)},
          {"default", view.is_default},
          {"problem", view.problem.empty() ? Value() : Value(view.problem)},
          {"last_run", last_run_record(view.run())},
          {"created_at", core::format_rfc3339(instance.created_at)},
          {"updated_at", core::format_rfc3339(instance.audit.updated_at)},
          {"audit", to_document(instance.audit)}};
}

}  // namespace goflow::cli
