// A program that runs in a process group of its own, its streams and its end heard on the loop.
#pragma once

#include "core/base/result.hpp"
#include "engine/loop/children.hpp"
#include "engine/loop/event_loop.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::engine {

struct ChildCommand {
  std::vector<std::string> arguments;    // the program first; looked up in the child's own PATH
  std::vector<std::string> environment;  // "NAME=value"
  std::string directory;
  std::string input = {};         // its standard input; nothing: /dev/null
  std::string input_file = {};    // instead of it: the path of a file
  bool keeps_input_open = false;  // for more, by write()
};

/// Why a program could not be started, and the exit code by which a shell says so: 126, 127.
struct StartFailure {
  enum class Lack { program, directory, room, other };

  int exit_code = 127;
  std::string reason;
  Lack lack = Lack::other;
  std::string sought = {};  // the directory, or the folders in which the program was looked for
};

enum class ChildStream { out, err };

struct ChildEvents {
  std::function<void(ChildStream, std::string_view)> on_output;
  /// It will write no more to one of them; most children do so only by ending.
  std::function<void(ChildStream)> on_silence = {};
  /// Once, last: the process has ended, its streams are read, its group is gone.
  std::function<void(const ChildEnd&)> on_end;
};

/// 1. The child leads a new session: Ctrl-C at the terminal reaches goflow alone, and a program
///    that asks at the terminal gets an error instead of being stopped.
/// 2. When it has ended, what is still in its pipes is read for at most a second more; then
///    whatever lives on in its process group is killed.
/// 3. Until then it stays a zombie, so that its process group id cannot be anybody else's.
/// 4. Destroying a ChildProcess that has not ended kills its group.
class ChildProcess {
 public:
  static core::Result<std::unique_ptr<ChildProcess>, StartFailure> start(EventLoop& loop,
                                                                         ChildCommand command,
                                                                         ChildEvents events);
  virtual ~ChildProcess() = default;

  /// More for its standard input, if that was kept open. What it does not take is lost.
  virtual void write(std::string bytes) = 0;
  /// No more will follow: it reads the end of its input after what was written.
  virtual void close_input() = 0;
  /// SIGTERM to the group, and SIGKILL if it has not ended five seconds later.
  virtual void terminate() = 0;
  /// SIGKILL to the group.
  virtual void kill() = 0;
  /// Also the id of the process and of its session.
  [[nodiscard]] virtual pid_t group() const = 0;
};

}  // namespace goflow::engine
