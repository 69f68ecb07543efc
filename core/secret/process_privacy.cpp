#include "core/secret/process_privacy.hpp"

#include "core/secret/wiped_heap.hpp"

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <mutex>
#include <optional>

namespace goflow::core {
namespace {

std::mutex users_limit_mutex;
std::optional<rlimit> users_limit;

/// The leak checker looks into its own process with the means of a debugger.
constexpr bool is_watched_by_leak_checker() {
#if defined(__SANITIZE_ADDRESS__)
  return true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
  return true;
#else
  return false;
#endif
#else
  return false;
#endif
}

void forbid_core_dumps() {
  const std::scoped_lock lock(users_limit_mutex);
  rlimit limit{};
  if (getrlimit(RLIMIT_CORE, &limit) != 0) return;
  users_limit = limit;
  // The hard limit stays: an unprivileged process could never give it back to its children.
  limit.rlim_cur = 0;
  setrlimit(RLIMIT_CORE, &limit);
}

bool make_private() {
  wipe_freed_memory();
  forbid_core_dumps();
#ifdef __linux__
  if (!is_watched_by_leak_checker()) prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
  return true;
}

}  // namespace

void keep_process_private() {
  [[maybe_unused]] static const bool done = make_private();
}

UsersCoreLimit::UsersCoreLimit() {
  const std::scoped_lock lock(users_limit_mutex);
  if (!users_limit || getrlimit(RLIMIT_CORE, &ours_) != 0) return;
  is_changed_ = setrlimit(RLIMIT_CORE, &*users_limit) == 0;
}

UsersCoreLimit::~UsersCoreLimit() {
  if (is_changed_) setrlimit(RLIMIT_CORE, &ours_);
}

}  // namespace goflow::core
