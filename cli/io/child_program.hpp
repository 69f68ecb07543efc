// Another program that is started and waited for.
#pragma once

#include "core/base/result.hpp"

#include <sys/types.h>

#include <string>
#include <vector>

namespace goflow::cli {

/// What it has of this process.
struct ChildSurroundings {
  enum class Streams { ours, no_input, none };
  enum class Group {
    ours,         // Ctrl-C is for it, too
    own,          // Ctrl-C is handed on to it, or is none of its business
    own_session,  // it outlives the terminal
  };

  Streams streams = Streams::ours;
  Group group = Group::ours;
  bool ignores_hangup_as_we_do = false;  // nohup is meant for all of them
};

class ChildProgram {
 public:
  /// `program` is looked for in PATH where it has no '/'; `words` begin with its name.
  static core::Result<ChildProgram> start(const std::string& program,
                                          const std::vector<std::string>& words,
                                          const ChildSurroundings& surroundings = {});
  /// Another goflow.
  static core::Result<ChildProgram> start_self(const std::vector<std::string>& words,
                                               const ChildSurroundings& surroundings = {});

  [[nodiscard]] pid_t pid() const { return pid_; }
  /// Its exit code, or 128 and the signal that ended it.
  int wait();

 private:
  explicit ChildProgram(pid_t pid) : pid_(pid) {}

  pid_t pid_;
};

}  // namespace goflow::cli
