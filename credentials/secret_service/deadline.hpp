// The end of patience with a keyring: cancels what is still under way when the time is over.
#pragma once

#include "credentials/secret_service/library.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace goflow::credentials {

/// Runs from its making on. A thread of its own keeps it, because GLib's synchronous calls do not
/// come back by themselves; each of them is handed `cancellable()`.
class Deadline {
 public:
  /// `library` must outlive this.
  Deadline(const SecretLibrary& library, std::chrono::milliseconds limit);
  ~Deadline();
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  /// Counts anew from now on. Not after it has passed: what was cancelled stays so.
  void restart(std::chrono::milliseconds limit);

  [[nodiscard]] GCancellable* cancellable() const { return cancellable_; }
  [[nodiscard]] bool has_passed() const;
  [[nodiscard]] std::chrono::milliseconds limit() const { return limit_; }

 private:
  void keep(const std::stop_token& stop);

  const SecretLibrary& library_;
  std::chrono::milliseconds limit_;
  GCancellable* cancellable_;
  std::mutex mutex_;
  std::condition_variable_any moved_;
  std::chrono::steady_clock::time_point end_;
  std::jthread keeper_;
};

}  // namespace goflow::credentials
