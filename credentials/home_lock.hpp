// One writer of credentials at a time, among all goflows of one home.
#pragma once

#include "core/base/descriptor.hpp"
#include "core/base/result.hpp"

#include <chrono>
#include <string>

namespace goflow::credentials {

/// Holds <home>/credentials.lock to the end of its scope, also when the process is killed. Not to
/// be taken twice by one thread.
class HomeLock {
 public:
  /// Waits no longer than the limit. credential: another goflow holds it, or it cannot be made.
  static core::Result<HomeLock> take(const std::string& home, std::chrono::milliseconds limit);

 private:
  explicit HomeLock(core::Descriptor file) : file_(std::move(file)) {}
  core::Descriptor file_;
};

}  // namespace goflow::credentials
