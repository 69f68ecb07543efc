#include "cli/commands/commands.hpp"

#include <array>

namespace goflow::cli {
namespace {

constexpr std::array<Noun, 0> nouns{};

constexpr std::array<CommandEntry, 2> entries{{
    {"version", version},
    {"help", help},
}};

constexpr std::array<Alias, 0> aliases{};

constexpr std::array<LookupEntry, 0> lookups{};

}  // namespace

const CommandTree& commands() {
  static constexpr CommandTree tree{
      .nouns = nouns, .commands = entries, .aliases = aliases, .lookups = lookups};
  return tree;
}

}  // namespace goflow::cli
