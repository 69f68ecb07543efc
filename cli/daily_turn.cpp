#include "cli/daily_turn.hpp"

#include "cli/context.hpp"
#include "storage/files/atomic_file.hpp"
#include "storage/files/file_reading.hpp"

#include <chrono>

namespace goflow::cli {
namespace {

using core::Result;

constexpr std::chrono::hours between_turns{24};

/// The file holds the time of the last one. One that lies in the future was written by a clock
/// that has been set back since.
bool is_due(const std::string& file, core::Timestamp now) {
  const auto text = storage::read_file(file);
  const auto last = text ? core::parse_rfc3339(*text) : std::nullopt;
  return !last || *last > now || now - *last >= between_turns;
}

}  // namespace

Result<bool> take_daily_turn(const std::string& name, Context& context) {
  GOFLOW_TRY(const std::string home, context.home());
  const std::string file = home + "/" + name;
  if (!is_due(file, context.now())) return false;
  // Before it is done: of runs that end at the same time one does it, and what fails is not tried
  // again by each.
  GOFLOW_TRY(storage::replace_file(file, core::format_rfc3339(context.now()), 0600));
  return true;
}

}  // namespace goflow::cli
