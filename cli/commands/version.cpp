#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"

#include <array>

namespace goflow::cli {
namespace {

struct VersionOptions {
  OutputChoice output;
};

constexpr std::array<Field, 1> fields{{{"version", "the version of goflow"}}};

void declare(Command& command, VersionOptions& options) {
  command.summary("show the version of goflow")
      .example("goflow version", "for a person")
      .example("goflow version --json", "for a program");
  command.json(options.output, fields);
}

core::Result<void> run(const VersionOptions& options, Context& context) {
  if (options.output.is_text()) {
    context.out().line("goflow " GOFLOW_VERSION);
  } else {
    write_records(context.out(), options.output, core::Object{{"version", GOFLOW_VERSION}});
  }
  return {};
}

}  // namespace

std::unique_ptr<Action> version() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
