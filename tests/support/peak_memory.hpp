// How much memory this process has come to need.
#pragma once

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <string>

namespace goflow::test {

class PeakMemory {
 public:
  PeakMemory() {
    // The system forgets the peak so far.
    std::ofstream("/proc/self/clear_refs") << "5";
    before_ = bytes_of("VmRSS:");
  }
  /// In bytes, at the peak since this was made.
  [[nodiscard]] std::size_t growth() const {
    return std::max(bytes_of("VmHWM:"), before_) - before_;
  }

 private:
  static std::size_t bytes_of(const std::string& name) {
    std::ifstream status("/proc/self/status");
    std::string word;
    std::size_t kilobytes = 0;
    while (status >> word) {
      if (word == name) status >> kilobytes;
    }
    return kilobytes * 1024;
  }

  std::size_t before_ = 0;
};

}  // namespace goflow::test
