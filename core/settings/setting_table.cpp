#include "core/settings/setting.hpp"

#include <array>

namespace goflow::core {
namespace {

constexpr std::array<std::string_view, 2> editor_variables{"VISUAL", "EDITOR"};
constexpr std::array<std::string_view, 1> versions_variables{"GOFLOW_WORKFLOW_VERSIONS"};
constexpr std::array<std::string_view, 1> concurrency_variables{"GOFLOW_WORKER_CONCURRENCY"};
constexpr std::array<std::string_view, 1> max_active_runs_variables{
    "GOFLOW_WORKER_MAX_ACTIVE_RUNS"};
constexpr std::array<std::string_view, 1> keep_variables{
    "GOFLOW_HISTORY_RETENTION_KEEP_PER_WORKFLOW"};
constexpr std::array<std::string_view, 1> older_than_variables{
    "GOFLOW_HISTORY_RETENTION_OLDER_THAN"};
constexpr std::array<std::string_view, 1> retention_variables{"GOFLOW_HISTORY_RETENTION_ENABLED"};
constexpr std::array<std::string_view, 1> statuses_variables{"GOFLOW_HISTORY_RETENTION_STATUSES"};
constexpr std::array<std::string_view, 1> synchronous_variables{"GOFLOW_HISTORY_SYNCHRONOUS"};

constexpr std::array<std::string_view, 1> enabled_variables{"CLAIMCHECK_ENABLED"};
constexpr std::array<std::string_view, 1> threshold_variables{"CLAIMCHECK_THRESHOLD_BYTES"};
constexpr std::array<std::string_view, 1> compression_variables{"CLAIMCHECK_COMPRESSION_ENABLED"};
constexpr std::array<std::string_view, 1> ttl_variables{"CLAIMCHECK_TTL_DAYS"};
constexpr std::array<std::string_view, 1> storage_type_variables{"BLOB_STORAGE_TYPE"};
constexpr std::array<std::string_view, 1> storage_path_variables{"BLOB_STORAGE_PATH"};
constexpr std::array<std::string_view, 1> bucket_variables{"R2_BUCKET"};
constexpr std::array<std::string_view, 1> endpoint_variables{"R2_ENDPOINT"};
constexpr std::array<std::string_view, 1> region_variables{"R2_REGION"};

constexpr std::array<std::string_view, 1> backend_variables{"GOFLOW_KEYRING"};
constexpr std::array<std::string_view, 1> passphrase_file_variables{
    "GOFLOW_KEYRING_PASSPHRASE_FILE"};
constexpr std::array<std::string_view, 1> key_file_variables{"GOFLOW_KEYRING_KEY_FILE"};

// The first is the system's own.
#if defined(__APPLE__)
constexpr std::array<std::string_view, 3> keyrings{"keychain", "file", "memory"};
#elif defined(_WIN32)
constexpr std::array<std::string_view, 3> keyrings{"wincred", "file", "memory"};
#else
constexpr std::array<std::string_view, 3> keyrings{"secret-service", "file", "memory"};
#endif
constexpr std::array<std::string_view, 2> flushes{"normal", "full"};
constexpr std::array<std::string_view, 3> storage_types{"filesystem", "r2", "s3"};
constexpr std::array<std::string_view, 2> codecs{"gzip", "zstd"};
constexpr std::string_view of_prefixes =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-";
constexpr std::size_t longest_prefix = 256;
constexpr std::array<std::string_view, 4> ended{"completed", "failed", "cancelled", "timed_out"};

}  // namespace

namespace settings {

const Setting blob_storage_access_key_id_credential{
    .name = "blob_storage.access_key_id_credential",
    .type = AnyText{},
    .default_value = "blob-storage/access-key-id",
    .environment = {},
    .meaning = "the credential that says who asks the store, if R2_ACCESS_KEY_ID does not"};

const Setting blob_storage_bucket{.name = "blob_storage.bucket",
                                  .type = AnyText{},
                                  .default_value = "",
                                  .environment = bucket_variables,
                                  .meaning = "where blobs lie in an r2 or s3 store"};

const Setting blob_storage_endpoint{.name = "blob_storage.endpoint",
                                    .type = AnyText{},
                                    .default_value = "",
                                    .environment = endpoint_variables,
                                    .meaning = "the https:// address of an r2 or s3 store"};

const Setting blob_storage_path{.name = "blob_storage.path",
                                .type = FilePath{},
                                .default_value = "",
                                .environment = storage_path_variables,
                                .meaning = "the folder of blobs; blobs in the home without it",
                                .may_be_set_empty = false};

const Setting blob_storage_prefix{.name = "blob_storage.prefix",
                                  .type = TextOf{of_prefixes, longest_prefix},
                                  .default_value = "",
                                  .environment = {},
                                  .meaning = "what the names of objects in the bucket begin with"};

const Setting blob_storage_region{.name = "blob_storage.region",
                                  .type = AnyText{},
                                  .default_value = "auto",
                                  .environment = region_variables,
                                  .meaning = "the region of an r2 or s3 store"};

const Setting blob_storage_secret_access_key_credential{
    .name = "blob_storage.secret_access_key_credential",
    .type = AnyText{},
    .default_value = "blob-storage/secret-access-key",
    .environment = {},
    .meaning = "the credential that proves it, if R2_SECRET_ACCESS_KEY does not"};

const Setting blob_storage_type{.name = "blob_storage.type",
                                .type = OneOf{storage_types, "storage type"},
                                .default_value = "filesystem",
                                .environment = storage_type_variables,
                                .meaning = "the kind of store that keeps large values"};

const Setting claim_check_auto_gc{
    .name = "claim_check.auto_gc",
    .type = Truth{},
    .default_value = "true",
    .environment = {},
    .meaning = "whether blobs that may go are deleted, once a day after a run"};

const Setting claim_check_cache_bytes{.name = "claim_check.cache_bytes",
                                      .type = WholeNumber{0, 1'073'741'824},
                                      .default_value = "67108864",
                                      .environment = {},
                                      .meaning = "how much of what was read is kept in memory"};

const Setting claim_check_codec{.name = "claim_check.codec",
                                .type = OneOf{codecs},
                                .default_value = "gzip",
                                .environment = {},
                                .meaning = "how large values are compressed"};

const Setting claim_check_compression_enabled{.name = "claim_check.compression_enabled",
                                              .type = Truth{},
                                              .default_value = "true",
                                              .environment = compression_variables,
                                              .meaning = "whether large values are compressed"};

const Setting claim_check_enabled{.name = "claim_check.enabled",
                                  .type = Truth{},
                                  .default_value = "true",
                                  .environment = enabled_variables,
                                  .meaning = "whether large values are kept out of the history"};

const Setting claim_check_gc_grace{
    .name = "claim_check.gc_grace",
    .type = Duration{},
    .default_value = "1h",
    .environment = {},
    .meaning = "how long blobs stay that nothing refers to, or that are being written"};

const Setting claim_check_level{.name = "claim_check.level",
                                .type = WholeNumber{1, 19},
                                .default_value = "6",
                                .environment = {},
                                .meaning = "how hard to compress; gzip takes up to 9"};

const Setting claim_check_threshold_bytes{
    .name = "claim_check.threshold_bytes",
    .type = WholeNumber{1, 67'108'864},
    .default_value = "51200",
    .environment = threshold_variables,
    .meaning = "values of at least so many bytes are kept out of the history"};

const Setting claim_check_ttl_days{
    .name = "claim_check.ttl_days",
    .type = WholeNumber{0, 36'500},
    .default_value = "30",
    .environment = ttl_variables,
    .meaning = "days after the end of a run until its blobs may go; 0: never"};

const Setting credentials_backend{.name = "credentials.backend",
                                  .type = OneOf{keyrings},
                                  .default_value = keyrings.front(),
                                  .environment = backend_variables,
                                  .meaning = "where the values of credentials are kept"};

const Setting credentials_expiry_warning{
    .name = "credentials.expiry_warning",
    .type = Duration{},
    .default_value = "14d",
    .environment = {},
    .meaning = "how long before a credential expires it is warned of"};

const Setting credentials_key_file{.name = "credentials.key_file",
                                   .type = FilePath{},
                                   .default_value = "",
                                   .environment = key_file_variables,
                                   .meaning = "holds the key of the encrypted file"};

const Setting credentials_passphrase_file{
    .name = "credentials.passphrase_file",
    .type = FilePath{},
    .default_value = "",
    .environment = passphrase_file_variables,
    .meaning = "holds the passphrase of the encrypted file, in place of a prompt"};

const Setting credentials_prompt_timeout{
    .name = "credentials.prompt_timeout",
    .type = Duration{.may_be_zero = false},
    .default_value = "60s",
    .environment = {},
    .meaning = "how long a keyring may take while it asks for its password"};

const Setting credentials_refuse_expired{
    .name = "credentials.refuse_expired",
    .type = Truth{},
    .default_value = "false",
    .environment = {},
    .meaning = "whether a run with an expired credential is not started"};

const Setting credentials_timeout{.name = "credentials.timeout",
                                  .type = Duration{.may_be_zero = false},
                                  .default_value = "5s",
                                  .environment = {},
                                  .meaning = "how long a keyring may take to answer"};

const Setting editor{.name = "editor",
                     .type = AnyText{},
                     .default_value = "vi",
                     .environment = editor_variables,
                     .meaning = "the command that edits a workflow"};

const Setting history_keep_per_workflow{.name = "history.retention.keep_per_workflow",
                                        .type = WholeNumber{0, 1'000'000},
                                        .default_value = "20",
                                        .environment = keep_variables,
                                        .meaning = "newest runs of each workflow that stay"};

const Setting history_older_than{.name = "history.retention.older_than",
                                 .type = Duration{},
                                 .default_value = "90d",
                                 .environment = older_than_variables,
                                 .meaning = "only runs created longer ago are deleted"};

const Setting history_retention{.name = "history.retention.enabled",
                                .type = Truth{},
                                .default_value = "false",
                                .environment = retention_variables,
                                .meaning = "whether old runs are deleted, once a day after a run"};

const Setting history_statuses{.name = "history.retention.statuses",
                               .type = SomeOf{ended},
                               .default_value = "all",
                               .environment = statuses_variables,
                               .meaning = "only runs that ended so are deleted"};

const Setting history_synchronous{
    .name = "history.synchronous",
    .type = OneOf{flushes},
    .default_value = "normal",
    .environment = synchronous_variables,
    .meaning = "full: not even a loss of power loses a step, at one disk flush per commit"};

const Setting worker_concurrency{.name = "worker.concurrency",
                                 .type = WholeNumber{1, 1000},
                                 .default_value = "1",
                                 .environment = concurrency_variables,
                                 .meaning = "how many runs a worker has at once"};

const Setting worker_max_active_runs{
    .name = "worker.max_active_runs",
    .type = WholeNumber{0, 1'000'000},
    .default_value = "0",
    .environment = max_active_runs_variables,
    .meaning = "a worker begins no run while so many go on in this home; 0: no limit"};

const Setting workflow_versions{.name = "workflow.versions",
                                .type = WholeNumber{1, 10'000},
                                .default_value = "50",
                                .environment = versions_variables,
                                .meaning = "past versions that a workflow keeps"};

}  // namespace settings

std::vector<const Setting*> all_settings() {
  using namespace settings;
  return {&blob_storage_access_key_id_credential,
          &blob_storage_bucket,
          &blob_storage_endpoint,
          &blob_storage_path,
          &blob_storage_prefix,
          &blob_storage_region,
          &blob_storage_secret_access_key_credential,
          &blob_storage_type,
          &claim_check_auto_gc,
          &claim_check_cache_bytes,
          &claim_check_codec,
          &claim_check_compression_enabled,
          &claim_check_enabled,
          &claim_check_gc_grace,
          &claim_check_level,
          &claim_check_threshold_bytes,
          &claim_check_ttl_days,
          &credentials_backend,
          &credentials_expiry_warning,
          &credentials_key_file,
          &credentials_passphrase_file,
          &credentials_prompt_timeout,
          &credentials_refuse_expired,
          &credentials_timeout,
          &editor,
          &history_retention,
          &history_keep_per_workflow,
          &history_older_than,
          &history_statuses,
          &history_synchronous,
          &worker_concurrency,
          &worker_max_active_runs,
          &workflow_versions};
}

}  // namespace goflow::core
