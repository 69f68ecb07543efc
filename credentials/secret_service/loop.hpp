// Waits for answers of the bus while something else is done.
#pragma once

#include "credentials/secret_service/library.hpp"

#include <chrono>
#include <thread>

namespace goflow::credentials {

/// A loop of GLib's for this thread alone, to which answers come while it lives.
class Loop {
 public:
  explicit Loop(const SecretLibrary& library)
      : library_(library), context_(library.main_context_new()) {
    library_.main_context_push_thread_default(context_);
  }
  /// What was given up in it is cleared away by GLib in further turns.
  ~Loop() {
    while (library_.main_context_iteration(context_, FALSE) != FALSE) {
    }
    library_.main_context_pop_thread_default(context_);
    library_.main_context_unref(context_);
  }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// Waits until something comes.
  void turn() { library_.main_context_iteration(context_, TRUE); }
  /// Takes what has come, or waits for a moment only.
  void look() {
    if (library_.main_context_iteration(context_, FALSE) == FALSE) {
      std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
  }

 private:
  const SecretLibrary& library_;
  GMainContext* context_;
};

}  // namespace goflow::credentials
