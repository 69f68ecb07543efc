// What this process writes to its standard error while this lives, libraries included.
#pragma once

#include "tests/support/temp_dir.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

namespace goflow::test {

class CapturedStderr {
 public:
  CapturedStderr() {
    std::fflush(stderr);
    const int into = open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    dup2(into, STDERR_FILENO);
    close(into);
  }
  ~CapturedStderr() {
    dup2(before_, STDERR_FILENO);
    close(before_);
  }
  CapturedStderr(const CapturedStderr&) = delete;
  CapturedStderr& operator=(const CapturedStderr&) = delete;

  [[nodiscard]] std::string text() const {
    std::fflush(stderr);
    std::ifstream read(file_);
    return {std::istreambuf_iterator<char>(read), {}};
  }

 private:
  const TempDir folder_;
  const std::string file_ = folder_.path() + "/stderr";
  const int before_ = dup(STDERR_FILENO);
};

}  // namespace goflow::test
