#include "core/execution/pipeline/revision.hpp"

#include "core/execution/finding.hpp"
#include "core/execution/naming.hpp"

#include <algorithm>
#include <utility>

namespace goflow::core {
namespace {

bool asks_for_something(const RevisionRequest& request) {
  return request.name || !request.tags.empty() || !request.untags.empty() ||
         !request.labels.empty() || !request.unlabels.empty() || !request.annotations.empty() ||
         !request.unannotations.empty();
}

Result<void> rename(Execution& execution, const std::string& name) {
  GOFLOW_TRY(std::string slug, slug_of(name));
  execution.name = name;
  if (execution.slug.empty()) execution.slug = std::move(slug);
  return {};
}

Result<void> change_tags(Execution& execution, const RevisionRequest& request) {
  std::vector<std::string> tags = execution.tags;
  tags.insert(tags.end(), request.tags.begin(), request.tags.end());
  std::erase_if(tags, [&](const std::string& tag) {
    return std::find(request.untags.begin(), request.untags.end(), tag) != request.untags.end();
  });
  GOFLOW_TRY(execution.tags, checked_tags(std::move(tags)));
  return {};
}

Result<void> change(Execution& execution, const RevisionRequest& request, Timestamp now) {
  if (request.name) GOFLOW_TRY(rename(execution, *request.name));
  GOFLOW_TRY(change_tags(execution, request));
  GOFLOW_TRY(change_labels(execution.labels, request.labels, request.unlabels));
  GOFLOW_TRY(change_labels(
      execution.annotations, request.annotations, request.unannotations, "annotation"));
  if (!execution.audit) execution.audit = new_audit("system", execution.created_at);
  AuditTrail& spec = execution.audit->spec;
  spec.updated_by = request.by;
  spec.updated_at = now;
  spec.event = "updated";
  return {};
}

}  // namespace

namespace revision {

Result<Revision> validate_input(Revision revision) {
  GOFLOW_TRY(check_names_execution(revision.request.written));
  if (asks_for_something(revision.request)) return revision;
  return Error{ErrorCode::invalid_argument, "nothing to change"}.with_hint(
      "one of --name, --tag, --untag, --label, --unlabel, --annotation, --unannotate");
}

Result<Revision> load_existing(Revision revision) {
  GOFLOW_TRY(revision.execution, find_execution(revision.request.written, *revision.executions));
  return revision;
}

Result<Revision> build_update_state(Revision revision) {
  GOFLOW_TRY(change(revision.execution, revision.request, revision.clock->now()));
  return revision;
}

Result<Revision> persist(Revision revision) {
  const Timestamp now = revision.clock->now();
  GOFLOW_TRY(revision.execution,
             revision.executions->update(revision.execution.id, [&](Execution& recorded) {
               return change(recorded, revision.request, now);
             }));
  return revision;
}

}  // namespace revision

Pipeline<Revision> revision_pipeline() {
  using namespace revision;
  return Pipeline<Revision>({{"ValidateInput", validate_input},
                             {"LoadExisting", load_existing},
                             {"BuildUpdateState", build_update_state},
                             {"Persist", persist}});
}

}  // namespace goflow::core
