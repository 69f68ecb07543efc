// Another program that is started, with the streams of this one, and waited for.
#pragma once

#include "core/base/result.hpp"

#include <sys/types.h>

#include <string>
#include <vector>

namespace goflow::cli {

class ChildProgram {
 public:
  /// `program` is looked for in PATH where it has no '/'; `words` begin with its name.
  static core::Result<ChildProgram> start(const std::string& program,
                                          const std::vector<std::string>& words);

  /// Its exit code, or 128 and the signal that ended it.
  int wait();

 private:
  explicit ChildProgram(pid_t pid) : pid_(pid) {}

  pid_t pid_;
};

}  // namespace goflow::cli
