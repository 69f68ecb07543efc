// What a user may set once and for all, declared in one table.
#pragma once

#include "core/base/result.hpp"

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace goflow::core {

struct AnyText {};
struct FilePath {};
struct WholeNumber {
  int least;
  int most;
};
struct Duration {
  bool may_be_zero = true;
};
/// As programs spell it, too: 1, t, TRUE.
struct Truth {};
struct OneOf {
  std::span<const std::string_view> words;
  std::string_view called = {};  // what they are, for who gives another one
};
/// May be empty.
struct TextOf {
  std::string_view characters;
  std::size_t longest;
};
/// With commas between them, or "all".
struct SomeOf {
  std::span<const std::string_view> words;
};
using SettingType =
    std::variant<AnyText, FilePath, WholeNumber, Duration, Truth, OneOf, TextOf, SomeOf>;

struct Setting {
  std::string_view name;
  SettingType type;
  std::string_view default_value;                 // empty: there is none
  std::span<const std::string_view> environment;  // the first that is set and not empty counts
  std::string_view meaning;
  bool may_be_set_empty = true;  // which counts as not set
};

namespace settings {
extern const Setting blob_storage_access_key_id_credential;
extern const Setting blob_storage_bucket;
extern const Setting blob_storage_endpoint;
extern const Setting blob_storage_path;
extern const Setting blob_storage_prefix;
extern const Setting blob_storage_region;
extern const Setting blob_storage_secret_access_key_credential;
extern const Setting blob_storage_type;
extern const Setting claim_check_auto_gc;
extern const Setting claim_check_cache_bytes;
extern const Setting claim_check_codec;
extern const Setting claim_check_compression_enabled;
extern const Setting claim_check_enabled;
extern const Setting claim_check_gc_grace;
extern const Setting claim_check_level;
extern const Setting claim_check_threshold_bytes;
extern const Setting claim_check_ttl_days;
extern const Setting credentials_backend;
extern const Setting credentials_expiry_warning;
extern const Setting credentials_key_file;
extern const Setting credentials_passphrase_file;
extern const Setting credentials_prompt_timeout;
extern const Setting credentials_refuse_expired;
extern const Setting credentials_timeout;
extern const Setting editor;
extern const Setting history_keep_per_workflow;
extern const Setting history_older_than;
extern const Setting history_retention;
extern const Setting history_statuses;
extern const Setting history_synchronous;
extern const Setting worker_concurrency;
extern const Setting worker_max_active_runs;
extern const Setting workflow_versions;
}  // namespace settings

/// All of them, by name.
std::vector<const Setting*> all_settings();

/// not_found, with the nearest names: there is none. invalid_argument: nor may there be one, for by
/// all appearance its value is a secret.
Result<const Setting*> find_setting(std::string_view name);

/// "a number from 1 to 10000"
std::string describe(const SettingType& type);

/// The value as it is kept ("50" for "050"); an Error when it is of another type.
Result<std::string> check_setting(const Setting& setting, std::string_view value);

/// What such a value of this setting consists of.
std::vector<std::string> words_of(const SomeOf& choice, std::string_view value);

}  // namespace goflow::core
