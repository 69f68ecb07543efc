// Everything a command may use, opened when it is first asked for: the one place that composes.
#pragma once

#include "cli/command/global_options.hpp"
#include "cli/io/environment.hpp"
#include "cli/io/prompt.hpp"
#include "cli/io/terminal.hpp"
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/claimcheck/claim_check.hpp"
#include "core/claimcheck/metrics.hpp"
#include "core/execution/execution_store.hpp"
#include "core/execution/pipeline/pipeline.hpp"
#include "core/execution/run_queue.hpp"
#include "core/instance/instance_store.hpp"
#include "core/schedule/schedule_store.hpp"
#include "core/secret/credential_metadata.hpp"
#include "core/secret/run_secrets.hpp"
#include "core/settings/resolution.hpp"
#include "core/workflow/sharing/import.hpp"
#include "core/workflow/workflow_store.hpp"
#include "storage/files/config_file.hpp"
#include "storage/files/filesystem_workflow_store.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::credentials {
struct OpenedCredentials;
}

namespace goflow::storage {
class Database;
}

namespace goflow::cli {

class ClaimStorage;

class Context {
 public:
  Context(GlobalOptions options, Terminal& terminal, Environment environment);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  [[nodiscard]] const GlobalOptions& options() const { return options_; }
  [[nodiscard]] Terminal& terminal() { return terminal_; }
  [[nodiscard]] Output& out() { return terminal_.out(); }
  [[nodiscard]] Output& err() { return terminal_.err(); }
  [[nodiscard]] const Environment& environment() const { return environment_; }
  [[nodiscard]] const core::Clock& clock() const { return clock_; }
  [[nodiscard]] core::Timestamp now() const { return clock_.now(); }

  /// The home directory, made if it is not there.
  core::Result<std::string> home();
  core::Result<core::WorkflowStore*> workflows();
  /// The templates that the user keeps; they are files like workflows.
  core::Result<const core::WorkflowStore*> templates();
  core::Result<core::ExecutionStore*> executions();
  /// nullptr when nothing was ever run, so that looking leaves no trace.
  core::Result<core::ExecutionStore*> executions_if_any();
  core::Result<core::InstanceStore*> instances();
  /// nullptr when there never was a history, so that looking leaves no trace. In a home where
  /// nothing can be written they are there for reading.
  core::Result<core::InstanceStore*> instances_if_any();
  /// What is left to workers.
  core::Result<core::RunQueue*> run_queue();
  core::Result<core::ScheduleStore*> schedules();
  /// nullptr when nothing was ever run or looked after, so that looking leaves no trace.
  core::Result<core::ScheduleStore*> schedules_if_any();

  /// Where secrets are kept, opened when the first one is needed. `needed_for` stands in the error
  /// when there is no such place: "'prod/api-key'".
  core::Result<const credentials::OpenedCredentials*> credentials(
      const core::CredentialNamespace& credential_namespace, std::string_view needed_for);
  /// The same for who shows a value to others at once, and does little else.
  core::Result<credentials::OpenedCredentials> credentials_to_show(
      const core::CredentialNamespace& credential_namespace, std::string_view needed_for);
  core::Result<core::CredentialMetadataStore*> credential_metadata();
  /// nullptr when nothing was ever described, so that looking leaves no trace. In a home where
  /// nothing can be written it is there for reading.
  core::Result<core::CredentialMetadataStore*> credential_metadata_if_any();

  /// What keeps large values out of the history. Nothing but its settings is looked at before the
  /// first of them comes.
  core::Result<core::ClaimCheck*> claim_check();
  /// The same for a run, whose texts are kept free of what the blob store is opened with.
  core::Result<core::ClaimCheck*> claim_check_of_run(core::RunSecrets& secrets);
  core::Result<core::BlobIndex*> blob_index();
  /// nullptr when nothing was ever stored, so that looking leaves no trace.
  core::Result<core::BlobIndex*> blob_index_if_any();
  /// Where blobs lie, whatever store they were put into.
  core::Result<core::BlobStorage*> blob_storage();
  core::Result<core::ClaimMetricsStore*> claim_metrics();

  [[nodiscard]] const core::ServerRegistry& servers() const { return servers_; }
  core::Result<storage::ConfigFile> config();
  /// What counts for this process: environment, configuration or default.
  core::Result<core::ResolvedSetting> setting(const core::Setting& setting);
  core::Result<int> number(const core::Setting& setting);
  core::Result<std::chrono::milliseconds> duration(const core::Setting& setting);

  /// The content of a file; "-" is stdin, which can be read once.
  core::Result<std::string> read_input(const std::string& path);

  enum class Existing { refuse, replace };
  /// A file of the user's, whole or not at all; "-" is stdout. already_exists when there is one to
  /// be kept.
  core::Result<void> write_document(const std::string& path,
                                    std::string_view text,
                                    Existing existing = Existing::replace);

  /// The login name, for records that say who did something.
  [[nodiscard]] std::string user_name() const;

  /// How an act that cannot be undone gets its consent; `yes`: it was given on the command line.
  [[nodiscard]] Consent consent(bool yes) const;

  /// To stdout; what is longer than the screen through a pager.
  void show(const std::string& text);

  /// Who is told of the steps of an operation: nobody, or with --debug the reader of stderr.
  [[nodiscard]] core::StepObserver& steps() { return *steps_; }

  /// A sentence on stderr about what was done; not with --quiet, and only for a person.
  void tell(const std::string& sentence);

 private:
  std::unique_ptr<core::WorkflowStore> open_store(storage::WorkflowFolders folders);
  core::Result<bool> has_history();
  /// One connection for all stores that lie in it.
  core::Result<std::shared_ptr<storage::Database>> history();

  GlobalOptions options_;
  Terminal& terminal_;
  Environment environment_;
  core::SystemClock clock_;
  core::NoServers servers_;
  std::optional<std::string> home_;
  bool stdin_was_read_ = false;
  std::unique_ptr<core::WorkflowStore> workflows_;
  std::unique_ptr<core::WorkflowStore> templates_;
  std::unique_ptr<core::StepObserver> steps_;
  std::shared_ptr<storage::Database> history_;
  std::unique_ptr<core::ExecutionStore> executions_;
  std::unique_ptr<core::InstanceStore> instances_;
  std::unique_ptr<core::InstanceStore> unwritable_instances_;
  std::unique_ptr<core::RunQueue> run_queue_;
  std::unique_ptr<core::ScheduleStore> schedules_;
  std::map<core::CredentialNamespace, std::unique_ptr<credentials::OpenedCredentials>> credentials_;
  std::unique_ptr<core::CredentialMetadataStore> credential_metadata_;
  std::unique_ptr<core::CredentialMetadataStore> unwritable_metadata_;
  std::optional<std::vector<core::ConfigEntry>> config_entries_;
  std::unique_ptr<core::ClaimReader> claims_;  // before the history, whose values may ask it
  std::unique_ptr<core::ClaimMetricsStore> claim_metrics_;
  std::unique_ptr<ClaimStorage> claim_storage_;  // hands on what it has counted to the one before
};

}  // namespace goflow::cli
