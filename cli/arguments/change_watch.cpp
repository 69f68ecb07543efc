#include "cli/arguments/change_watch.hpp"

#include "engine/local/process_identity.hpp"

#include <algorithm>
#include <thread>

namespace goflow::cli {
namespace {

using core::ExecutionChanges;
using core::Result;

constexpr std::chrono::milliseconds pause{50};
// An owner that was killed writes nothing: somebody has to look for it.
constexpr std::chrono::seconds owner_check{1};

}  // namespace

Result<ExecutionChanges> ChangeWatch::first() {
  GOFLOW_TRY(version_, store_.version());
  GOFLOW_TRY(ExecutionChanges changes, look());
  if (changes.execution) return changes;
  return core::Error{core::ErrorCode::not_found, "no execution '" + execution_id_ + "'"};
}

Result<ExecutionChanges> ChangeWatch::look() {
  GOFLOW_TRY(ExecutionChanges changes, store_.changes(execution_id_, seen_));
  const auto lacks_process = [&] {
    return changes.execution && engine::is_interrupted(*changes.execution, clock_.now());
  };
  // It may have come to its end right after it was read, and its process with it.
  if (lacks_process()) {
    GOFLOW_TRY(changes, store_.changes(execution_id_, seen_));
  }
  is_interrupted_ = lacks_process();
  if (changes.execution) seen_ = std::max(seen_, changes.execution->change_seq);
  has_ended_ = !changes.execution || is_terminal(changes.execution->status) || is_interrupted_;
  return changes;
}

Result<std::optional<ExecutionChanges>> ChangeWatch::next(
    std::optional<std::chrono::steady_clock::time_point> until) {
  auto last_check = std::chrono::steady_clock::now();
  while (!has_ended_ && !out_.reader_is_gone()) {
    const auto now = std::chrono::steady_clock::now();
    if (until && now >= *until) break;
    // Asked before the look: what is written during it is seen by the next one.
    GOFLOW_TRY(const std::int64_t version, store_.version());
    if (version != version_ || now - last_check >= owner_check) {
      version_ = version;
      last_check = now;
      const std::int64_t seen = seen_;
      GOFLOW_TRY(ExecutionChanges changes, look());
      const bool is_news = seen_ != seen || !changes.logs.empty() || has_ended_;
      if (is_news && changes.execution) return std::optional(std::move(changes));
      continue;
    }
    std::this_thread::sleep_for(until ? std::min<std::chrono::nanoseconds>(pause, *until - now)
                                      : pause);
  }
  return std::optional<ExecutionChanges>();
}

core::Error ChangeWatch::deleted() const {
  return core::Error{core::ErrorCode::not_found,
                     "execution '" + execution_id_ + "' is gone: somebody has deleted it"};
}

}  // namespace goflow::cli
