// One writer of credentials at a time, among all goflows of one home.
#pragma once

#include "core/base/descriptor.hpp"
#include "core/base/result.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace goflow::credentials {

/// Holds <home>/credentials.lock to the end of its scope; when the process is killed it is free. A
/// thread that has it may take it again, for a part of what it does; it is free when all are gone.
class HomeLock {
 public:
  /// Waits no longer than the limit. credential: another goflow holds it, or it cannot be made.
  static core::Result<HomeLock> take(const std::string& home, std::chrono::milliseconds limit);

 private:
  explicit HomeLock(std::shared_ptr<core::Descriptor> file) : file_(std::move(file)) {}
  std::shared_ptr<core::Descriptor> file_;
};

}  // namespace goflow::credentials
