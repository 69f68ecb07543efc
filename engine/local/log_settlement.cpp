#include "engine/local/log_settlement.hpp"

#include "core/base/utf8.hpp"

#include <algorithm>
#include <utility>

namespace goflow::engine {
namespace {

using core::Error;
using core::Result;

constexpr std::uint64_t most_in_history = 64UL * 1024 * 1024;
constexpr std::size_t piece_size = 1024UL * 1024;

SettledLog lost(const SpoolFile& log, std::string why) {
  return {.content = excerpt_of(log).content(), .loss = std::move(why)};
}

Result<core::Claim> put_away_whole(const SpoolFile& file,
                                   core::ClaimCheck& claim_check,
                                   const std::string& execution_id) {
  GOFLOW_TRY(core::Descriptor copy, file.duplicate());
  GOFLOW_TRY(auto payload,
             core::GrowingPayload::open(
                 std::move(copy), file.folder(), claim_check.settings().compression));
  const std::atomic<bool> never = false;
  return put_away(payload, file.size(), claim_check, execution_id, never);
}

}  // namespace

Result<core::Claim> put_away(core::GrowingPayload& log,
                             std::uint64_t size,
                             core::ClaimCheck& claim_check,
                             const std::string& execution_id,
                             const std::atomic<bool>& stop) {
  GOFLOW_TRY(log.read_up_to(size, stop));
  GOFLOW_TRY(const core::SpooledPayload payload, log.finish());
  return claim_check.put(payload,
                         {.execution_id = execution_id, .encoding = core::Encoding::bytes});
}

CapturedLog excerpt_of(const SpoolFile& log) {
  CapturedLog excerpt;
  for (std::uint64_t at = 0; at < log.size(); at += piece_size) {
    const auto piece = log.read(at, piece_size);
    if (!piece || piece->empty()) break;
    excerpt.append(*piece);
  }
  return excerpt;
}

SettledLog kept_in_history(const SpoolFile& log, const std::optional<Error>& cause) {
  if (log.size() > most_in_history) {
    std::string why =
        std::to_string(log.size()) + " bytes are too many for the history, which takes 64 MiB";
    if (cause) why += ", and they cannot be put away: " + cause->message;
    return lost(log, std::move(why));
  }
  auto whole = log.read(0, static_cast<std::size_t>(log.size()));
  if (!whole) return lost(log, whole.error().message);
  SettledLog settled{.content = *std::move(whole)};
  settled.first_invalid = core::utf8::first_invalid(settled.content);
  return settled;
}

core::NodeLog settled(core::NodeLog log,
                      const SpoolFile& file,
                      core::LargeValues& large_values,
                      const std::string& execution_id) {
  log.spool.clear();
  // More may have been written than was recorded.
  log.size_bytes = static_cast<std::int64_t>(file.size());
  std::optional<Error> cause;
  if (core::ClaimCheck* claim_check = large_values.open_claim_check()) {
    auto claim = put_away_whole(file, *claim_check, execution_id);
    large_values.note(claim);
    if (claim) {
      log.claim = *std::move(claim);
      return log;
    }
    cause = std::move(claim).error();
  }
  log.content = kept_in_history(file, cause).content;
  return log;
}

}  // namespace goflow::engine
