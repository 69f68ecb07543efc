#include "cli/commands/commands.hpp"

#include <array>

namespace goflow::cli {
namespace {

constexpr std::array<Noun, 2> nouns{{
    {"workflow", "keep workflows"},
    {"exec", "run workflows and look at what they did"},
}};

constexpr std::array<CommandEntry, 15> entries{{
    {"workflow save", workflow_save},
    {"workflow list", workflow_list},
    {"workflow show", workflow_show},
    {"workflow delete", workflow_delete},
    {"workflow validate", workflow_validate},
    {"exec run", exec_run},
    {"exec list", exec_list},
    {"exec show", exec_show},
    {"exec resume", exec_resume},
    {"exec cancel", exec_cancel},
    {"completion", completion},
    {"version", version},
    {"help", help},
    {"__complete", complete},
    {"__generate", generate},
}};

constexpr std::array<Alias, 5> aliases{{
    {"run", "exec run"},
    {"validate", "workflow validate"},
    {"list", "workflow list"},
    {"executions", "exec list"},
    {"execution", "exec show"},
}};

/// What `help` explains.
core::Result<std::vector<Candidate>> command_names(std::string_view, Context&) {
  std::vector<Candidate> names;
  for (std::string& word : first_words(commands()))
    names.push_back(Candidate{std::move(word)});
  return names;
}

constexpr std::array<LookupEntry, 1> lookups{{
    {CompletesWith::command, command_names},
}};

}  // namespace

const CommandTree& commands() {
  static constexpr CommandTree tree{
      .nouns = nouns, .commands = entries, .aliases = aliases, .lookups = lookups};
  return tree;
}

}  // namespace goflow::cli
