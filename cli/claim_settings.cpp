#include "cli/claim_settings.hpp"

#include "core/settings/setting.hpp"

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

}  // namespace goflow::cli
