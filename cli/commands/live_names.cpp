#include "cli/commands/live_names.hpp"

#include "cli/arguments/execution_argument.hpp"
#include "cli/arguments/template_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/credential_access.hpp"
#include "cli/io/times.hpp"
#include "core/settings/setting.hpp"

#include <map>

namespace goflow::cli {

using core::Result;

/// The newest ones, with their size and state.
Result<std::vector<Candidate>> blob_keys(std::string_view, Context& context) {
  constexpr int offered = 30;
  std::vector<Candidate> keys;
  GOFLOW_TRY(core::BlobIndex * index, context.blob_index_if_any());
  if (index == nullptr) return keys;
  GOFLOW_TRY(const auto blobs, index->list({.limit = offered}));
  for (const core::ListedBlob& blob : blobs) {
    const std::string size = format_size(static_cast<std::int64_t>(blob.record.size_bytes));
    keys.push_back(
        Candidate{blob.record.key.text(), size + ", " + std::string(to_string(blob.record.state))});
  }
  return keys;
}

/// What `help` explains.
Result<std::vector<Candidate>> command_names(std::string_view, Context&) {
  std::vector<Candidate> names;
  for (std::string& word : first_words(commands())) {
    names.push_back(Candidate{std::move(word)});
  }
  return names;
}

/// What is known of them, and what the store tells of others without being unlocked.
Result<std::vector<Candidate>> credential_keys(std::string_view, Context& context) {
  constexpr std::chrono::milliseconds patience{30};
  std::map<std::string, std::string> kinds;
  GOFLOW_TRY(core::CredentialMetadataStore * known, context.credential_metadata_if_any());
  if (known != nullptr) {
    GOFLOW_TRY(const auto described, known->list());
    for (const core::DescribedCredential& credential : described) {
      if (!credential.credential_namespace.text().empty()) continue;
      kinds.emplace(credential.key.text(), credential.metadata.kind);
    }
  }
  const auto stored = keys_at_a_glance(context, core::CredentialNamespace(), patience);
  if (stored) {
    for (const core::CredentialKey& key : *stored) {
      kinds.emplace(key.text(), "");
    }
  }
  std::vector<Candidate> keys;
  for (const auto& [key, kind] : kinds) {
    keys.push_back(Candidate{key, kind});
  }
  return keys;
}

/// "@latest:nightly": one for each workflow that ever ran.
Result<std::vector<Candidate>> latest_by_workflow(core::ExecutionStore& history) {
  GOFLOW_TRY(const auto runs, history.latest_by_workflow());
  std::vector<Candidate> words;
  for (const auto& [workflow, execution] : runs) {
    words.push_back(Candidate{std::string(core::latest_of) + workflow,
                              execution.id + ", " + std::string(to_string(execution.status))});
  }
  return words;
}

/// The newest ones, with how they went.
Result<std::vector<Candidate>> execution_ids(std::string_view prefix, Context& context) {
  constexpr int offered = 30;
  std::vector<Candidate> ids{{"@latest", "the newest"}};
  GOFLOW_TRY(core::ExecutionStore * history, context.executions_if_any());
  if (history == nullptr) return ids;
  if (prefix.starts_with(core::latest_of)) return latest_by_workflow(*history);
  GOFLOW_TRY(const auto page, history->list({}, offered, std::nullopt));
  for (const core::Execution& execution : page.executions) {
    const std::string status(to_string(execution.status));
    ids.push_back(Candidate{execution.id, execution.workflow_id + ", " + status});
  }
  return ids;
}

/// With what they are for.
Result<std::vector<Candidate>> template_ids(std::string_view, Context& context) {
  GOFLOW_TRY(const auto templates, list_templates(context));
  std::vector<Candidate> candidates;
  for (const TemplateSource& source : templates) {
    const auto content = core::read_template(source.text).content;
    candidates.push_back(Candidate{source.id, content ? content->description : "not valid"});
  }
  return candidates;
}

/// What a filter of executions takes.
Result<std::vector<Candidate>> status_words(std::string_view, Context&) {
  std::vector<Candidate> words{{"interrupted", "its process is gone"}};
  for (const std::string_view word : core::status_selection_words()) {
    words.push_back(Candidate{std::string(word)});
  }
  return words;
}

/// With the workflows they are of.
Result<std::vector<Candidate>> instance_slugs(std::string_view, Context& context) {
  std::vector<Candidate> slugs;
  GOFLOW_TRY(core::InstanceStore * store, context.instances_if_any());
  if (store == nullptr) return slugs;
  GOFLOW_TRY(const auto instances, store->list(std::nullopt));
  for (const core::Instance& instance : instances) {
    slugs.push_back(Candidate{instance.slug, instance.workflow_id});
  }
  return slugs;
}

/// Of the newest execution: what else is meant is not known while a line is typed.
Result<std::vector<Candidate>> node_ids(std::string_view, Context& context) {
  std::vector<Candidate> ids;
  GOFLOW_TRY(core::ExecutionStore * history, context.executions_if_any());
  if (history == nullptr) return ids;
  GOFLOW_TRY(const auto latest, history->latest(std::nullopt));
  if (!latest) return ids;
  GOFLOW_TRY(const auto nodes, history->nodes(latest->id));
  for (const core::NodeExecution& node : nodes) {
    ids.push_back(Candidate{node.path, std::string(to_string(node.status))});
  }
  return ids;
}

Result<std::vector<Candidate>> setting_names(std::string_view, Context&) {
  std::vector<Candidate> names;
  for (const core::Setting* setting : core::all_settings()) {
    names.push_back(Candidate{std::string(setting->name), std::string(setting->meaning)});
  }
  return names;
}

Result<std::vector<Candidate>> workflow_ids(std::string_view, Context& context) {
  GOFLOW_TRY(core::WorkflowStore * workflows, context.workflows());
  GOFLOW_TRY(std::vector<std::string> ids, workflows->ids());
  std::vector<Candidate> candidates;
  for (std::string& id : ids) {
    candidates.push_back(Candidate{std::move(id)});
  }
  return candidates;
}

/// The ids, and behind "nightly@" the versions of one.
Result<std::vector<Candidate>> workflow_versions(std::string_view prefix, Context& context) {
  const std::string id(prefix.substr(0, prefix.find('@')));
  if (id.size() == prefix.size()) return workflow_ids(prefix, context);
  GOFLOW_TRY(core::WorkflowStore * workflows, context.workflows());
  GOFLOW_TRY(const std::vector<core::WorkflowVersion> versions, workflows->versions(id));
  std::vector<Candidate> candidates;
  for (const core::WorkflowVersion& version : versions) {
    const std::string when = relative_time(version.saved_at, context.now());
    candidates.push_back(Candidate{id + "@" + std::to_string(version.number),
                                   version.is_current ? "current, " + when : when});
  }
  return candidates;
}

}  // namespace goflow::cli
