#include "cli/program.hpp"

#include "cli/command/error_text.hpp"
#include "cli/command/exit_code.hpp"
#include "cli/command/invocation.hpp"
#include "cli/context.hpp"

#include <cerrno>

namespace goflow::cli {
namespace {

core::Result<void> run_words(const CommandTree& tree,
                             const std::vector<std::string>& words,
                             std::ostream& out) {
  GOFLOW_TRY(const Invocation invocation, read_command_line(tree, words));
  Context context(invocation.global, out);
  return invocation.action->run(context);
}

/// A reader who went away (`| head`) is a quiet end, a full disk is not.
core::Result<void> finish(std::ostream& out) {
  errno = 0;
  out.flush();
  if (out.good() || errno == EPIPE) return {};
  return core::Error{core::ErrorCode::internal, "write to stdout: " + core::errno_text(errno)};
}

}  // namespace

int run_program(const CommandTree& tree,
                const std::vector<std::string>& words,
                std::ostream& out,
                std::ostream& err) {
  core::Result<void> result = run_words(tree, words, out);
  if (core::Result<void> finished = finish(out); result.ok()) result = std::move(finished);
  if (result.ok()) return 0;
  const core::Error& error = result.error();
  // Without a message: everything was said already, only the exit code is left to tell.
  if (!error.message.empty()) err << (asks_for_json(words) ? error_json(error) : error_text(error));
  err.flush();
  return exit_code_of(error.code);
}

}  // namespace goflow::cli
