#include "cli/command/invocation.hpp"

#include "cli/command/parser.hpp"

#include <algorithm>

namespace goflow::cli {
namespace {

/// Whether the next word is the value of this one.
bool takes_next_word(const Command& global, const std::string& word) {
  return std::any_of(global.options().begin(), global.options().end(), [&](const Option& option) {
    const std::vector<std::string> spellings = option.spellings();
    return option.takes_value == TakesValue::yes &&
           std::find(spellings.begin(), spellings.end(), word) != spellings.end();
  });
}

/// Where the first two words are that are neither options nor their values: a command's name.
/// Global options may stand before and between them.
std::vector<std::size_t> name_positions(const Command& global,
                                        const std::vector<std::string>& words) {
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < words.size() && positions.size() < 2; ++i) {
    if (words[i] == "--") break;
    if (takes_next_word(global, words[i])) {
      ++i;
    } else if (!words[i].starts_with('-')) {
      positions.push_back(i);
    }
  }
  return positions;
}

/// A command line in which the name has been found.
struct Addressed {
  Address address;
  std::vector<std::string> rest;
};

/// What stands in for a command where only a noun, or nothing, was named.
Command nothing_but(const Address& address) {
  return {address.called_as, address.called_as};
}

/// A misspelt option before the name may have left its value there to be taken for the name.
core::Result<void> check_options_before(const Command& global,
                                        std::span<const std::string> before) {
  const Command nothing = nothing_but({});
  GOFLOW_TRY(const SortedWords sorted, sort_words(nothing, global, {before.begin(), before.end()}));
  return check_complete(nothing, global, sorted);
}

core::Result<Addressed> take_name(const CommandTree& tree,
                                  const Command& global,
                                  std::vector<std::string> words) {
  std::vector<std::size_t> positions = name_positions(global, words);
  std::vector<std::string> name;
  for (const std::size_t position : positions)
    name.push_back(words[position]);
  auto found = find_address(tree, name);
  if (!found) {
    GOFLOW_TRY(check_options_before(global, std::span(words).first(positions.front())));
    return std::move(found).error();
  }
  Address address = *std::move(found);
  positions.resize(address.words);
  std::for_each(positions.rbegin(), positions.rend(), [&](std::size_t position) {
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(position));
  });
  return Addressed{std::move(address), std::move(words)};
}

/// `goflow help exec list` in place of what was typed.
DeclaredCommand redirect(const CommandTree& tree, std::string_view to, std::string_view words) {
  DeclaredCommand declared = declare(*tree.find_command(to), to);
  for (const Positional& positional : declared.command.positionals()) {
    for (std::size_t begin = 0; begin < words.size();) {
      const std::size_t space = std::min(words.find(' ', begin), words.size());
      // Words of a known name: nothing can be wrong with them.
      static_cast<void>(positional.binding.set(std::string(words.substr(begin, space - begin))));
      begin = space + 1;
    }
  }
  return declared;
}

}  // namespace

core::Result<Invocation> read_command_line(const CommandTree& tree,
                                           std::vector<std::string> words) {
  Invocation invocation;
  Command global("", "");
  declare(global, invocation.global);
  GOFLOW_TRY(Addressed addressed, take_name(tree, global, std::move(words)));
  const Address& address = addressed.address;

  DeclaredCommand declared = address.command == nullptr
                                 ? DeclaredCommand{nullptr, nothing_but(address)}
                                 : declare(*address.command, address.called_as);
  GOFLOW_TRY(const SortedWords sorted, sort_words(declared.command, global, addressed.rest));
  GOFLOW_TRY(assign(global, sorted));
  if (invocation.global.version) {
    invocation.action = redirect(tree, "version", "").action;
    return invocation;
  }
  if (!invocation.global.help) {
    GOFLOW_TRY(check_complete(declared.command, global, sorted));
    GOFLOW_TRY(assign(declared.command, sorted));
  }
  const bool wants_help = invocation.global.help || declared.action == nullptr;
  invocation.action =
      wants_help ? redirect(tree, "help", address.called_as).action : std::move(declared.action);
  return invocation;
}

}  // namespace goflow::cli
