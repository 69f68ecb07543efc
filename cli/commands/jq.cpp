// goflow __jq: the process in which a run has its jq programs computed.
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "engine/jq/server.hpp"

#include <unistd.h>

namespace goflow::cli {
namespace {

struct JqOptions {};

void declare(Command& command, JqOptions& /*options*/) {
  command.summary("compute jq for a run, which asks on stdin and listens on stdout");
}

core::Result<void> run(const JqOptions& /*options*/, Context& /*context*/) {
  // Frames of bytes, not words for a person: past the terminal.
  engine::serve_jq(STDIN_FILENO, STDOUT_FILENO);
  return {};
}

}  // namespace

std::unique_ptr<Action> jq() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
