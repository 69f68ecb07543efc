#include "cli/context.hpp"

#include "cli/claim_storage.hpp"
#include "cli/credential_access.hpp"
#include "cli/io/pager.hpp"
#include "cli/io/step_times.hpp"
#include "core/base/duration.hpp"
#include "storage/files/atomic_file.hpp"
#include "storage/files/file_reading.hpp"
#include "storage/files/home.hpp"
#include "storage/sqlite/claim_metrics_store.hpp"
#include "storage/sqlite/credential_metadata_store.hpp"
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/instance_store.hpp"
#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/run_queue.hpp"
#include "storage/sqlite/schedule_store.hpp"
#include "storage/sqlite/sqlite_execution_store.hpp"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

/// The version, and for those who build it themselves also which build.
std::string program_identity() {
  struct stat status {};
  if (stat("/proc/self/exe", &status) != 0) return GOFLOW_VERSION;
  return std::string(GOFLOW_VERSION " ") + std::to_string(status.st_size) + " " +
         std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec);
}

/// For the values of the history: the claim check is opened when the first of them is looked at.
class HistoryClaims final : public core::ClaimReader {
 public:
  explicit HistoryClaims(Context& context) : context_(context) {}

  Result<core::Value> read(const core::Claim& claim, core::Encoding encoding) override {
    GOFLOW_TRY(core::ClaimCheck * claim_check, context_.claim_check());
    return claim_check->read(claim, encoding);
  }

  Result<void> copy(const core::Claim& claim, core::PayloadSink& sink) override {
    GOFLOW_TRY(core::ClaimCheck * claim_check, context_.claim_check());
    return claim_check->copy(claim, sink);
  }

  // It was read by the claim check, so that is open.
  void note_read(std::weak_ptr<const core::ClaimedValue> value) override {
    if (auto claim_check = context_.claim_check()) (*claim_check)->note_read(std::move(value));
  }

 private:
  Context& context_;
};

}  // namespace

Context::Context(GlobalOptions options, Terminal& terminal, Environment environment)
    : options_(std::move(options)), terminal_(terminal), environment_(std::move(environment)) {
  if (options_.debug) {
    steps_ = std::make_unique<StepTimes>(terminal_.err());
  } else {
    steps_ = std::make_unique<core::NoStepObserver>();
  }
}

Context::~Context() = default;

Result<std::string> Context::home() {
  if (!home_) {
    GOFLOW_TRY(home_,
               storage::resolve_home({.flag = options_.home,
                                      .goflow_home = environment_("GOFLOW_HOME"),
                                      .goflow_config_dir = environment_("GOFLOW_CONFIG_DIR"),
                                      .user_home = environment_("HOME")}));
  }
  return *home_;
}

std::unique_ptr<core::WorkflowStore> Context::open_store(storage::WorkflowFolders folders) {
  storage::WorkflowIndexFile index{folders.workflows + ".index", program_identity()};
  return std::make_unique<storage::FilesystemWorkflowStore>(
      std::move(folders),
      [this] { return number(core::settings::workflow_versions); },
      std::move(index));
}

Result<core::WorkflowStore*> Context::workflows() {
  if (!workflows_) {
    GOFLOW_TRY(const std::string folder, home());
    workflows_ = open_store({folder + "/workflows", folder + "/versions"});
  }
  return workflows_.get();
}

Result<const core::WorkflowStore*> Context::templates() {
  if (!templates_) {
    GOFLOW_TRY(const std::string folder, home());
    templates_ = open_store({folder + "/templates", folder + "/template-versions"});
  }
  return templates_.get();
}

Result<std::shared_ptr<storage::Database>> Context::history() {
  if (!history_) {
    GOFLOW_TRY(const std::string folder, home());
    GOFLOW_TRY(const core::ResolvedSetting flushes, setting(core::settings::history_synchronous));
    GOFLOW_TRY(storage::make_private_folder(folder));
    GOFLOW_TRY(history_,
               storage::open_history(
                   folder + "/goflow.db", clock_, [this](const auto& notice) { tell(notice); }));
    if (flushes.value == "full") GOFLOW_TRY(history_->flush_every_commit());
  }
  return history_;
}

Result<bool> Context::has_history() {
  GOFLOW_TRY(const std::string folder, home());
  return history_ || access((folder + "/goflow.db").c_str(), F_OK) == 0;
}

Result<core::ExecutionStore*> Context::executions() {
  if (!executions_) {
    GOFLOW_TRY(auto database, history());
    claims_ = std::make_unique<HistoryClaims>(*this);
    executions_ = storage::make_execution_store(std::move(database), *claims_);
  }
  return executions_.get();
}

Result<core::ExecutionStore*> Context::executions_if_any() {
  GOFLOW_TRY(const bool any, has_history());
  if (!any) return static_cast<core::ExecutionStore*>(nullptr);
  return executions();
}

Result<core::InstanceStore*> Context::instances() {
  if (!instances_) {
    GOFLOW_TRY(auto database, history());
    instances_ = storage::make_instance_store(std::move(database));
  }
  return instances_.get();
}

Result<core::InstanceStore*> Context::instances_if_any() {
  GOFLOW_TRY(const bool any, has_history());
  if (!any) return static_cast<core::InstanceStore*>(nullptr);
  GOFLOW_TRY(const std::string folder, home());
  if (history_ || access(folder.c_str(), W_OK) == 0) return instances();
  if (!unwritable_instances_) {
    GOFLOW_TRY(auto database, storage::open_unwritable_history(folder + "/goflow.db"));
    unwritable_instances_ = storage::make_instance_store(std::move(database));
  }
  return unwritable_instances_.get();
}

Result<core::RunQueue*> Context::run_queue() {
  if (!run_queue_) {
    GOFLOW_TRY(executions());
    run_queue_ = storage::make_run_queue(history_, *claims_);
  }
  return run_queue_.get();
}

Result<core::ScheduleStore*> Context::schedules() {
  if (!schedules_) {
    GOFLOW_TRY(auto database, history());
    schedules_ = storage::make_schedule_store(std::move(database));
  }
  return schedules_.get();
}

Result<core::ScheduleStore*> Context::schedules_if_any() {
  GOFLOW_TRY(const bool any, has_history());
  return any ? schedules() : static_cast<core::ScheduleStore*>(nullptr);
}

Result<const credentials::OpenedCredentials*> Context::credentials(
    const core::CredentialNamespace& credential_namespace, std::string_view needed_for) {
  auto& opened = credentials_[credential_namespace];
  if (!opened) {
    GOFLOW_TRY(const auto options,
               credential_options(*this, credential_namespace, Disturbing::allowed));
    GOFLOW_TRY(auto found, credentials::open_credentials(options, needed_for));
    opened = std::make_unique<credentials::OpenedCredentials>(std::move(found));
  }
  return opened.get();
}

Result<credentials::OpenedCredentials> Context::credentials_to_show(
    const core::CredentialNamespace& credential_namespace, std::string_view needed_for) {
  GOFLOW_TRY(auto options, credential_options(*this, credential_namespace, Disturbing::allowed));
  options.shows_values = true;
  return credentials::open_credentials(options, needed_for);
}

Result<core::CredentialMetadataStore*> Context::credential_metadata() {
  if (!credential_metadata_) {
    GOFLOW_TRY(const std::string folder, home());
    GOFLOW_TRY(storage::make_private_folder(folder));
    GOFLOW_TRY(
        credential_metadata_,
        storage::open_credential_metadata(
            folder + "/goflow.db", clock_, [this](const std::string& notice) { tell(notice); }));
  }
  return credential_metadata_.get();
}

Result<core::CredentialMetadataStore*> Context::credential_metadata_if_any() {
  GOFLOW_TRY(const std::string folder, home());
  const std::string database = folder + "/goflow.db";
  if (!credential_metadata_ && access(database.c_str(), F_OK) != 0) {
    return static_cast<core::CredentialMetadataStore*>(nullptr);
  }
  if (credential_metadata_ || access(folder.c_str(), W_OK) == 0) return credential_metadata();
  // Who only looks needs no more than a home that can be read.
  if (!unwritable_metadata_) {
    GOFLOW_TRY(unwritable_metadata_, storage::open_unwritable_credential_metadata(database));
  }
  return unwritable_metadata_.get();
}

Result<core::ClaimCheck*> Context::claim_check() {
  if (!claim_storage_) {
    GOFLOW_TRY(claim_storage_, ClaimStorage::open(*this));
  }
  return &claim_storage_->claim_check();
}

Result<core::ClaimCheck*> Context::claim_check_of_run(core::RunSecrets& secrets) {
  GOFLOW_TRY(core::ClaimCheck * claim_check, this->claim_check());
  claim_storage_->keep_keys_out_of(secrets);
  return claim_check;
}

Result<core::BlobIndex*> Context::blob_index() {
  GOFLOW_TRY(claim_check());
  return claim_storage_->index();
}

Result<core::BlobIndex*> Context::blob_index_if_any() {
  GOFLOW_TRY(const bool any, has_history());
  if (!any) return static_cast<core::BlobIndex*>(nullptr);
  return blob_index();
}

Result<core::BlobStorage*> Context::blob_storage() {
  GOFLOW_TRY(claim_check());
  return static_cast<core::BlobStorage*>(claim_storage_.get());
}

Result<core::ClaimMetricsStore*> Context::claim_metrics() {
  if (!claim_metrics_) {
    GOFLOW_TRY(const std::string folder, home());
    GOFLOW_TRY(storage::make_private_folder(folder));
    GOFLOW_TRY(claim_metrics_, storage::open_claim_metrics(folder + "/goflow.db", clock_));
  }
  return claim_metrics_.get();
}

Result<storage::ConfigFile> Context::config() {
  GOFLOW_TRY(std::string folder, home());
  return storage::ConfigFile(std::move(folder));
}

Result<core::ResolvedSetting> Context::setting(const core::Setting& setting) {
  if (!config_entries_) {
    GOFLOW_TRY(const storage::ConfigFile file, config());
    GOFLOW_TRY(config_entries_, file.read());
  }
  return core::resolve_setting(setting, environment_, *config_entries_);
}

Result<int> Context::number(const core::Setting& setting) {
  GOFLOW_TRY(const core::ResolvedSetting resolved, this->setting(setting));
  // Its type was checked: it is a whole number.
  return std::stoi(resolved.value);
}

Result<std::chrono::milliseconds> Context::duration(const core::Setting& setting) {
  GOFLOW_TRY(const core::ResolvedSetting resolved, this->setting(setting));
  // Its type was checked, too.
  return *core::parse_duration(resolved.value);
}

Result<std::string> Context::read_input(const std::string& path) {
  if (path != "-") return storage::read_file(path);
  if (stdin_was_read_) {
    return Error{ErrorCode::invalid_argument, "two things cannot both be read from stdin"};
  }
  stdin_was_read_ = true;
  if (terminal_.stdin_is_terminal()) tell("reading from the terminal, end with Ctrl-D");
  return terminal_.read_all();
}

Result<void> Context::write_document(const std::string& path,
                                     std::string_view text,
                                     Existing existing) {
  if (path == "-") {
    out().write(text);
    return {};
  }
  if (existing == Existing::refuse && access(path.c_str(), F_OK) == 0) {
    return Error{ErrorCode::already_exists, "'" + path + "' exists already"};
  }
  return storage::write_output_file(path, text);
}

std::string Context::user_name() const {
  const passwd* user = getpwuid(geteuid());
  return user != nullptr ? user->pw_name : std::to_string(geteuid());
}

Consent Context::consent(bool yes) const {
  if (yes) return Consent::given;
  return options_.no_input ? Consent::never_ask : Consent::ask;
}

void Context::show(const std::string& text) {
  show_text(terminal_, environment_, text, options_.no_pager ? Paging::off : Paging::allowed);
}

void Context::tell(const std::string& sentence) {
  if (!options_.quiet && err().is_terminal()) err().line(sentence);
}

}  // namespace goflow::cli
