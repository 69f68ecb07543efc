#include "cli/commands/commands.hpp"

#include <array>

namespace goflow::cli {
namespace {

constexpr std::array<Noun, 0> nouns{};

constexpr std::array<CommandEntry, 5> entries{{
    {"completion", completion},
    {"version", version},
    {"help", help},
    {"__complete", complete},
    {"__generate", generate},
}};

constexpr std::array<Alias, 0> aliases{};

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
