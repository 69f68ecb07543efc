// A small tree of commands for tests.
#pragma once

#include "cli/command/command_tree.hpp"

#include <array>

namespace goflow::test {

struct SampleOptions {
  std::optional<std::string> workflow;
  int limit = 30;
  std::string status;
  cli::OutputChoice output;
};

inline constexpr std::array<cli::Field, 2> sample_fields{
    {{"id", "the execution's id"}, {"status", "completed, failed and the like"}}};

inline std::unique_ptr<cli::Action> sample_list() {
  return cli::make_action<SampleOptions>(
      [](cli::Command& command, SampleOptions& options) {
        command.summary("list executions, newest first")
            .describe("Newest first. 'done' counts as \\completed.")
            .example("goflow exec list --status failed", "those that failed")
            .exit_code(3, "no such workflow");
        command.positional("[WORKFLOW]", options.workflow, "only its executions")
            .completes(cli::CompletesWith::workflow_id);
        command.option("-n, --limit N", options.limit, "at most so many rows");
        command.group("Filters");
        command.option("--status STATUS", options.status, "only in this status")
            .values({"completed", "failed"});
        command.option("--secret WORD", options.status, "not for every eye").hidden();
        command.json(options.output, sample_fields);
      },
      [](const SampleOptions&, cli::Context&) -> core::Result<void> { return {}; });
}

struct NoOptions {};

inline std::unique_ptr<cli::Action> sample_plain() {
  return cli::make_action<NoOptions>(
      [](cli::Command& command, NoOptions&) { command.summary("do little"); },
      [](const NoOptions&, cli::Context&) -> core::Result<void> { return {}; });
}

struct HelpWords {
  std::vector<std::string> words;
};

inline std::unique_ptr<cli::Action> sample_help() {
  return cli::make_action<HelpWords>(
      [](cli::Command& command, HelpWords& options) {
        command.summary("explain a command");
        command.positional("[COMMAND...]", options.words, "the words of the command")
            .completes(cli::CompletesWith::command);
      },
      [](const HelpWords&, cli::Context&) -> core::Result<void> { return {}; });
}

inline const cli::CommandTree& sample_tree() {
  static constexpr std::array<cli::Noun, 2> nouns{
      {{"workflow", "the workflows you have"}, {"exec", "what has run"}}};
  static constexpr std::array<cli::CommandEntry, 7> commands{{
      {"workflow list", sample_plain},
      {"exec list", sample_list},
      {"exec resume", sample_plain},
      {"exec delete", sample_plain},
      {"version", sample_plain},
      {"help", sample_help},
      {"__hidden", sample_plain},
  }};
  static constexpr std::array<cli::Alias, 1> aliases{{{"executions", "exec list"}}};
  static constexpr cli::CommandTree tree{.nouns = nouns, .commands = commands, .aliases = aliases};
  return tree;
}

}  // namespace goflow::test
