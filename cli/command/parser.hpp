// The words behind a command, sorted into what the command declared and then set.
#pragma once

#include "cli/command/command.hpp"

#include <string>
#include <vector>

namespace goflow::cli {

/// A word, and the option or positional that it is for.
struct Assignment {
  const Command* owner;
  const Binding* binding;
  std::string name;  // as messages call it: "--limit", "WORKFLOW"
  std::string word;
};

/// A word that fits nowhere.
struct Stray {
  std::string word;
  bool is_option;  // it was meant as one: behind `--` nothing is
};

struct SortedWords {
  std::vector<Assignment> assignments = {};  // in the order of the line
  std::vector<Stray> strays = {};
};

/// Only an option without its value is an error here; nothing is set yet.
core::Result<SortedWords> sort_words(const Command& command,
                                     const Command& global,
                                     const std::vector<std::string>& words);

/// Sets what belongs to `declared`.
core::Result<void> assign(const Command& declared, const SortedWords& sorted);

/// The first stray word, or the first required positional that got none.
core::Result<void> check_complete(const Command& command,
                                  const Command& global,
                                  const SortedWords& sorted);

}  // namespace goflow::cli
