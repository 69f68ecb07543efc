#include "cli/command/text_layout.hpp"
#include "cli/generate/completions.hpp"
#include "cli/generate/declared_commands.hpp"
#include "cli/generate/shell_text.hpp"

namespace goflow::cli {
namespace {

/// The part that is the same whatever the commands are.
constexpr std::string_view head =
    R"fish(# fish completion for goflow. Made from the commands' declarations: make generate

# The words typed so far without options: "exec list".
function __goflow_words
    set -l words
    for word in (commandline -opc)[2..-1]
        string match -q -- '-*' $word; or set -a words $word
    end
    echo "$words"
end

# Nothing but these words stands on the line.
function __goflow_exactly
    test (__goflow_words) = "$argv"
end

# The line begins with one of these commands.
function __goflow_in
    set -l typed (__goflow_words)
    for command in $argv
        string match -q -- "$command *" "$typed "; and return 0
    end
    return 1
end

function __goflow_live
    goflow __complete $argv[1] (commandline -ct) 2>/dev/null
end

# Comma-separated, each field once.
function __goflow_fields
    set -l typed (string replace -r -- '^--json=' '' (commandline -ct))
    set -l before (string replace -r -- '[^,]*$' '' $typed)
    for field in $argv
        string match -q -- "*,$field,*" ",$before"; or echo "$before$field"
    end
end

complete -c goflow -f
)fish";

std::string fish_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

std::string line(const std::string& condition, const std::string& what, std::string_view note) {
  return "complete -c goflow" + (condition.empty() ? "" : " -n " + fish_quoted(condition)) + what +
         (note.empty() ? "" : " -d " + fish_quoted(note)) + "\n";
}

/// What is offered where a value is expected: ` -x -a '…'`.
std::string offer(const Binding& binding, CompletesWith live) {
  if (!binding.values.empty()) return " -x -a " + fish_quoted(joined(binding.values, " "));
  if (live == CompletesWith::nothing) return " -x";
  if (live == CompletesWith::file) return " -r -F";
  if (live == CompletesWith::folder) return " -x -a '(__fish_complete_directories)'";
  return " -x -a " + fish_quoted("(__goflow_live " + std::string(to_string(live)) + ")");
}

std::string offer(const Command& command, const Option& option) {
  if (option.takes_value == TakesValue::no) return "";
  if (option.takes_value == TakesValue::yes) return offer(option.binding, option.live);
  return " -a " + fish_quoted("(__goflow_fields " + joined(names_of(command.fields()), " ") + ")");
}

std::string first_lines(const CommandTree& tree, const std::vector<Command>& commands) {
  const std::string condition = "__goflow_exactly ''";
  const auto word = [&](std::string_view name, std::string_view note) {
    return line(condition, " -a " + std::string(name), note);
  };
  std::string lines;
  for (const Noun& noun : tree.nouns)
    lines += word(noun.name, noun.summary);
  for (const Alias& alias : tree.aliases)
    lines += word(alias.name, alias_note(alias));
  for (const Command& command : commands) {
    const std::size_t space = command.path().find(' ');
    const std::string verb = command.path().substr(space == std::string::npos ? 0 : space + 1);
    const std::string noun = space == std::string::npos ? "''" : command.path().substr(0, space);
    lines += line("__goflow_exactly " + noun, " -a " + verb, command.summary());
  }
  return lines;
}

/// True on the lines of the command, by its name or by an alias.
std::string condition_of(const CommandTree& tree, const Command& command) {
  if (command.path().empty()) return "";
  std::string condition = "__goflow_in \"" + command.path() + "\"";
  for (const Alias& alias : tree.aliases) {
    if (alias.target == command.path()) condition += " " + std::string(alias.name);
  }
  return condition;
}

std::string command_lines(const CommandTree& tree, const Command& command) {
  const std::string condition = condition_of(tree, command);
  std::string lines;
  for (const Option& option : shown_options(command)) {
    const std::string letter = option.letter == 0 ? "" : std::string(" -s ") + option.letter;
    lines += line(
        condition, letter + " -l " + option.name.substr(2) + offer(command, option), option.help);
  }
  for (const Positional& positional : command.positionals()) {
    // Where a name is expected a file may be meant too: fish is told both.
    lines += line(condition, offer(positional.binding, positional.live), positional.help);
  }
  return lines;
}

}  // namespace

std::string fish_completion(const CommandTree& tree) {
  const std::vector<Command> commands = declared_commands(tree);
  std::string script = std::string(head) + first_lines(tree, commands);
  for (const Command& command : commands)
    script += command_lines(tree, command);
  return script + command_lines(tree, global_command());
}

}  // namespace goflow::cli
