// All commands by name, and the way from typed words to one of them.
#pragma once

#include "cli/command/command.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::cli {

/// A first word with verbs behind it.
struct Noun {
  std::string_view name;
  std::string_view summary;
};

struct CommandEntry {
  std::string_view path;  // "exec list", "version"
  MakeAction* make;
};

/// A short way to a command, which takes everything the long one takes.
struct Alias {
  std::string_view name;    // "run"
  std::string_view target;  // "exec run"
};

/// One thing that could be typed next, and a word about it.
struct Candidate {
  std::string word;
  std::string note = {};
};

/// Live names for a shell: no prompt, no write, and done within 50 ms.
using Lookup = core::Result<std::vector<Candidate>>(std::string_view prefix, Context& context);

struct LookupEntry {
  CompletesWith kind;
  Lookup* find;
};

/// Tables that live as long as the program. Only the command that is addressed is declared.
struct CommandTree {
  std::span<const Noun> nouns;
  std::span<const CommandEntry> commands;  // in the order in which the help shows them
  std::span<const Alias> aliases;
  std::span<const LookupEntry> lookups = {};

  [[nodiscard]] const Noun* find_noun(std::string_view name) const;
  [[nodiscard]] const CommandEntry* find_command(std::string_view path) const;
  [[nodiscard]] std::vector<std::string> verbs_of(std::string_view noun) const;
};

/// "__complete" and the like work, but no page shows them.
bool is_hidden(const CommandEntry& entry);

/// What may be typed first: nouns, aliases and the commands without a noun.
std::vector<std::string> first_words(const CommandTree& tree);

/// A declared command, and the action that runs it.
struct DeclaredCommand {
  std::unique_ptr<Action> action;
  Command command;
};
DeclaredCommand declare(const CommandEntry& entry, std::string_view called_as);

/// Where the first words of a line lead.
struct Address {
  const CommandEntry* command = nullptr;  // nullptr: only a noun, or nothing at all
  std::string called_as;                  // "exec run", "run", "exec", or "" for a bare goflow
  std::size_t words = 0;                  // how many were used
};

/// Follows nouns, verbs and aliases as far as they go. An unknown word is a usage error that names
/// the nearest known ones.
core::Result<Address> find_address(const CommandTree& tree, std::span<const std::string> words);

}  // namespace goflow::cli
