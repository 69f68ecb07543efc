#include "core/execution/manifest.hpp"

#include "core/base/ulid.hpp"
#include "core/base/uuid.hpp"
#include "core/execution/members.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::array manifest_members{"api_version",
                                      "kind",
                                      "id",
                                      "name",
                                      "workflow_id",
                                      "workflow_instance_id",
                                      "inputs",
                                      "tags",
                                      "labels",
                                      "annotations",
                                      "runner",
                                      "status",
                                      "audit"};

Error wrong(std::string message) {
  return Error{ErrorCode::invalid_argument, std::move(message)};
}

Result<void> check_says(const Value& document, std::string_view name, const std::string& right) {
  GOFLOW_TRY(const auto text, text_of(document, name));
  if (!text || *text == right) return {};
  return wrong("'" + std::string(name) + "' must be '" + right + "', got '" + *text + "'");
}

Result<std::string> id_of(const Value& document) {
  GOFLOW_TRY(const auto id, text_of(document, "id"));
  if (!id) return std::string();
  if (is_execution_id(*id) || is_uuid(*id)) return *id;
  return wrong("'" + *id + "' cannot be the id of an execution")
      .with_hint("leave it out, or write it like " + new_execution_id({}));
}

Result<Object> object_of(const Value& document, std::string_view name) {
  const Value* member = document.find(name);
  if (member == nullptr || member->is_null()) return Object();
  if (member->is_object()) return member->as_object();
  return wrong("'" + std::string(name) + "' must be an object");
}

Result<TextMap> texts_of(const Value& document, std::string_view name) {
  GOFLOW_TRY(const Object object, object_of(document, name));
  TextMap texts;
  for (const auto& [key, value] : object) {
    if (!value.is_text())
      return wrong("'" + key + "' in '" + std::string(name) + "' must be a text");
    texts.emplace(key, value.as_text());
  }
  return texts;
}

Result<std::vector<std::string>> tags_of(const Value& document) {
  const Value* member = document.find("tags");
  std::vector<std::string> tags;
  if (member == nullptr || member->is_null()) return tags;
  if (!member->is_array()) return wrong("'tags' must be a list");
  for (const Value& tag : member->as_array()) {
    if (!tag.is_text()) return wrong("a tag must be a text");
    tags.push_back(tag.as_text());
  }
  return tags;
}

Result<std::vector<std::string>> labels_of(const Value& document) {
  GOFLOW_TRY(const TextMap texts, texts_of(document, "labels"));
  std::vector<std::string> labels;
  for (const auto& [key, value] : texts) {
    if (key.find('=') != std::string::npos) return wrong("'" + key + "' cannot be a label");
    labels.push_back(key + "=" + value);
  }
  return labels;
}

Result<Runner> runner_of(const Value& document) {
  GOFLOW_TRY(const auto word, text_of(document, "runner"));
  if (!word || *word == to_string(Runner::local)) return Runner::local;
  if (*word == to_string(Runner::external)) return Runner::external;
  return wrong("'runner' is none of local, external: '" + *word + "'");
}

}  // namespace

Result<Manifest> read_manifest(const Value& document) {
  if (!document.is_object()) return wrong("a manifest must be an object");
  GOFLOW_TRY(check_members(document, manifest_members, "a manifest"));
  GOFLOW_TRY(check_says(document, "api_version", "goflow/v1"));
  GOFLOW_TRY(check_says(document, "kind", "WorkflowExecution"));
  Manifest manifest;
  GOFLOW_TRY(manifest.id, id_of(document));
  GOFLOW_TRY(const auto workflow, text_of(document, "workflow_id"));
  GOFLOW_TRY(const auto instance, text_of(document, "workflow_instance_id"));
  if (!workflow && !instance) {
    return wrong("either workflow_id or workflow_instance_id must be provided");
  }
  manifest.workflow_id = workflow.value_or("");
  manifest.instance_id = instance.value_or("");
  GOFLOW_TRY(manifest.name, text_of(document, "name"));
  GOFLOW_TRY(manifest.inputs, object_of(document, "inputs"));
  GOFLOW_TRY(manifest.tags, tags_of(document));
  GOFLOW_TRY(manifest.labels, labels_of(document));
  GOFLOW_TRY(manifest.annotations, texts_of(document, "annotations"));
  GOFLOW_TRY(manifest.runner, runner_of(document));
  for (const char* name : {"status", "audit"}) {
    if (document.find(name) != nullptr) manifest.ignored.emplace_back(name);
  }
  return manifest;
}

}  // namespace goflow::core
