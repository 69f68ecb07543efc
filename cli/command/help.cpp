#include "cli/command/help.hpp"

#include "cli/command/global_options.hpp"
#include "cli/command/text_layout.hpp"

#include <algorithm>

namespace goflow::cli {
namespace {

std::string examples(const Command& command, std::size_t width) {
  if (command.examples().empty()) return {};
  std::vector<Row> rows;
  for (const Example& example : command.examples())
    rows.emplace_back(example.line, example.shows);
  return "\nExamples:\n" + two_columns(rows, width);
}

std::string positionals(const Command& command, std::size_t width) {
  std::vector<Row> rows;
  for (const Positional& positional : command.positionals()) {
    rows.emplace_back(positional.name, meaning_of(positional));
  }
  return two_columns(rows, width);
}

/// The letters stand in a column of their own.
std::string option_term(const Option& option) {
  return option.letter == 0 ? "    " + option.usage() : option.usage();
}

/// The groups in the order of their first option.
std::vector<std::string> groups_of(const Command& command) {
  std::vector<std::string> groups;
  for (const Option& option : command.options()) {
    const bool known = std::find(groups.begin(), groups.end(), option.group) != groups.end();
    if (!known && !option.is_hidden) groups.push_back(option.group);
  }
  return groups;
}

std::string options(const Command& command, std::size_t width) {
  std::string text;
  for (const std::string& group : groups_of(command)) {
    std::vector<Row> rows;
    for (const Option& option : command.options()) {
      if (option.is_hidden || option.group != group) continue;
      rows.emplace_back(option_term(option), meaning_of(option));
    }
    text += "\n" + (group.empty() ? "Options" : group) + ":\n" + two_columns(rows, width);
  }
  return text;
}

std::string exit_codes(const Command& command, std::size_t width) {
  if (command.exit_codes().empty()) return {};
  std::vector<Row> rows;
  for (const ExitMeaning& exit : command.exit_codes()) {
    rows.emplace_back(std::to_string(exit.code), exit.meaning);
  }
  return "\nExit codes:\n" + two_columns(rows, width);
}

std::string global_options(std::size_t width) {
  GlobalOptions ignored;
  Command global("", "");
  declare(global, ignored);
  return options(global, width);
}

}  // namespace

std::string usage_line(const Command& command) {
  std::string line = "goflow " + command.called_as();
  for (const Positional& positional : command.positionals())
    line += " " + positional.usage();
  return command.options().empty() ? line : line + " [options]";
}

std::string meaning_of(const Option& option) {
  std::string text = option.help;
  if (!option.binding.values.empty()) text += ": " + joined(option.binding.values, ", ");
  if (!option.binding.initial.empty()) text += " (default " + option.binding.initial + ")";
  if (option.binding.repeats) text += "; may be repeated";
  return text;
}

std::string meaning_of(const Positional& positional) {
  if (positional.binding.values.empty()) return positional.help;
  return positional.help + ": " + joined(positional.binding.values, ", ");
}

std::string command_help(const Command& command, std::size_t width) {
  std::string text = wrap("goflow " + command.called_as() + ": " + command.summary(), width);
  text += examples(command, width);
  text += "\nUsage: " + usage_line(command) + "\n";
  text += positionals(command, width);
  if (!command.description().empty()) text += "\n" + wrap(command.description(), width);
  text += options(command, width);
  text += exit_codes(command, width);
  return text + "\nOptions that every command takes: goflow --help\n";
}

std::string noun_help(const CommandTree& tree, const Noun& noun, std::size_t width) {
  std::string text =
      wrap("goflow " + std::string(noun.name) + ": " + std::string(noun.summary), width);
  text += "\nCommands:\n";
  std::vector<Row> rows;
  for (const std::string& verb : tree.verbs_of(noun.name)) {
    const std::string path = std::string(noun.name) + " " + verb;
    rows.emplace_back(path, declare(*tree.find_command(path), path).command.summary());
  }
  text += two_columns(rows, width);
  return text + "\nMore about one of them: goflow help " + std::string(noun.name) + " VERB\n";
}

std::string program_help(const CommandTree& tree, std::size_t width) {
  std::string text = "goflow: workflows on your own machine, and nothing is forgotten\n";
  std::vector<Row> short_ways;
  for (const Alias& alias : tree.aliases) {
    short_ways.emplace_back(alias.name, "short for: goflow " + std::string(alias.target));
  }
  if (!short_ways.empty()) text += "\nOften used:\n" + two_columns(short_ways, width);

  std::vector<Row> rows;
  for (const Noun& noun : tree.nouns) {
    rows.emplace_back(noun.name,
                      std::string(noun.summary) + ": " + joined(tree.verbs_of(noun.name), ", "));
  }
  for (const CommandEntry& entry : tree.commands) {
    if (is_hidden(entry) || entry.path.find(' ') != std::string_view::npos) continue;
    rows.emplace_back(entry.path, declare(entry, entry.path).command.summary());
  }
  text += "\nCommands:\n" + two_columns(rows, width);
  text += global_options(width);
  return text + "\nMore about a command: goflow help COMMAND\n";
}

}  // namespace goflow::cli
