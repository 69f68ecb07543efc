#include "cli/claim_settings.hpp"

#include "core/base/proxy.hpp"
#include "core/settings/setting.hpp"
#include "credentials/selection.hpp"

#include <chrono>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::ResolvedSetting;
using core::Result;

constexpr int hardest_gzip = 9;
constexpr int usual_zstd = 3;

Result<bool> truth(const core::Setting& setting, Context& context) {
  GOFLOW_TRY(const ResolvedSetting resolved, context.setting(setting));
  return resolved.value == "true";
}

/// The level has a default of its own for each codec.
Result<core::Compression> compression(Context& context) {
  core::Compression compression;
  GOFLOW_TRY(const bool is_on, truth(core::settings::claim_check_compression_enabled, context));
  GOFLOW_TRY(const ResolvedSetting codec, context.setting(core::settings::claim_check_codec));
  GOFLOW_TRY(const ResolvedSetting level, context.setting(core::settings::claim_check_level));
  compression.codec = is_on ? *core::parse_codec(codec.value) : core::Codec::none;
  compression.level = std::stoi(level.value);
  const bool is_default = level.origin == core::SettingOrigin::default_value;
  if (codec.value == "zstd" && is_default) compression.level = usual_zstd;
  if (codec.value == "gzip" && compression.level > hardest_gzip) {
    return Error{ErrorCode::invalid_argument,
                 level.place + ": '" + level.value + "' is no value for '" +
                     std::string(core::settings::claim_check_level.name) + "'"}
        .with_hint("gzip wants a number from 1 to 9");
  }
  return compression;
}

/// What cannot be done without; named as the user may set it.
Result<std::string> required(const core::Setting& setting,
                             const std::string& storage_type,
                             Context& context) {
  GOFLOW_TRY(const ResolvedSetting resolved, context.setting(setting));
  if (!resolved.value.empty()) return resolved.value;
  const std::string variable(setting.environment.front());
  return Error{ErrorCode::invalid_argument,
               variable + " is required when BLOB_STORAGE_TYPE is " + storage_type}
      .with_hint("export " + variable + "=…, or: goflow config set " + std::string(setting.name) +
                 " …");
}

/// From the environment, else from the keyring.
Result<core::Secret> store_key(const std::string& variable,
                               const core::Setting& credential,
                               Context& context) {
  if (const auto value = context.environment()(variable); value && !value->empty()) {
    return core::Secret::copy_of(*value);
  }
  GOFLOW_TRY(const ResolvedSetting named, context.setting(credential));
  GOFLOW_TRY(const core::CredentialKey key, core::CredentialKey::parse(named.value));
  GOFLOW_TRY(const auto* opened, context.credentials({}, "'" + key.text() + "'"));
  GOFLOW_TRY(auto value, opened->store->get(key));
  if (value) return *std::move(value);
  return Error{ErrorCode::credential,
               variable + " is required, and no credential '" + key.text() + "' stands in for it"}
      .with_hint("store it: goflow cred set " + key.text());
}

}  // namespace

Result<core::ClaimCheckSettings> claim_check_settings(Context& context) {
  core::ClaimCheckSettings settings;
  GOFLOW_TRY(settings.enabled, truth(core::settings::claim_check_enabled, context));
  GOFLOW_TRY(const int threshold, context.number(core::settings::claim_check_threshold_bytes));
  settings.threshold_bytes = static_cast<std::size_t>(threshold);
  GOFLOW_TRY(settings.compression, compression(context));
  GOFLOW_TRY(const int cache, context.number(core::settings::claim_check_cache_bytes));
  settings.cache_bytes = static_cast<std::size_t>(cache);
  GOFLOW_TRY(const int ttl, context.number(core::settings::claim_check_ttl_days));
  if (ttl > 0) settings.ttl = std::chrono::days(ttl);
  return settings;
}

Result<storage::StoreLocation> blob_location(Context& context) {
  GOFLOW_TRY(const ResolvedSetting type, context.setting(core::settings::blob_storage_type));
  if (type.value == "filesystem") {
    GOFLOW_TRY(const ResolvedSetting path, context.setting(core::settings::blob_storage_path));
    GOFLOW_TRY(const std::string home, context.home());
    return storage::checked(
        storage::FilesystemLocation{path.value.empty() ? home + "/blobs" : path.value});
  }
  storage::S3Location location;
  GOFLOW_TRY(location.bucket, required(core::settings::blob_storage_bucket, type.value, context));
  GOFLOW_TRY(location.endpoint,
             required(core::settings::blob_storage_endpoint, type.value, context));
  GOFLOW_TRY(const ResolvedSetting prefix, context.setting(core::settings::blob_storage_prefix));
  location.prefix = prefix.value;
  return storage::checked(std::move(location));
}

Result<StoreKeys> store_keys(Context& context) {
  StoreKeys keys;
  GOFLOW_TRY(
      keys.access_key_id,
      store_key(
          "R2_ACCESS_KEY_ID", core::settings::blob_storage_access_key_id_credential, context));
  GOFLOW_TRY(keys.secret_access_key,
             store_key("R2_SECRET_ACCESS_KEY",
                       core::settings::blob_storage_secret_access_key_credential,
                       context));
  return keys;
}

Result<storage::StoreOptions> store_options(const storage::StoreLocation& location,
                                            Context& context) {
  storage::StoreOptions options;
  if (std::holds_alternative<storage::FilesystemLocation>(location)) return options;
  GOFLOW_TRY(const ResolvedSetting region, context.setting(core::settings::blob_storage_region));
  options.region = region.value;
  const std::string& endpoint = std::get<storage::S3Location>(location).endpoint;
  core::Proxy proxy = core::proxy_for(endpoint, context.environment());
  options.proxy = std::move(proxy.address);
  options.proxy_exceptions = std::move(proxy.exceptions);
  options.certificates = context.environment()("SSL_CERT_FILE").value_or("");
  return options;
}

}  // namespace goflow::cli
