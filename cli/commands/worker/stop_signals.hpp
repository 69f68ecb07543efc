// Hears SIGINT, SIGTERM and SIGHUP, and counts them: one asks to stop, a second to stop at once.
#pragma once

#include <sys/types.h>

#include <csignal>
#include <optional>
#include <vector>

namespace goflow::cli {

/// One at a time in a process. While it lives these signals have no other effect; one that was
/// ignored before stays so.
class StopSignals {
 public:
  /// `supervisor`: whose end counts as being asked to stop at once.
  explicit StopSignals(std::optional<pid_t> supervisor = std::nullopt);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  [[nodiscard]] int times() const;
  [[nodiscard]] bool is_stop_wanted() const { return times() > 0; }
  [[nodiscard]] bool is_stop_wanted_at_once() const { return times() > 1; }

 private:
  struct Before {
    int signal;
    struct sigaction action;
  };

  std::optional<pid_t> supervisor_;
  std::vector<Before> before_;
};

}  // namespace goflow::cli
