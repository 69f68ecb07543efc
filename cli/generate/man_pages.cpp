#include "cli/generate/man_pages.hpp"

#include "cli/command/exit_code.hpp"
#include "cli/command/help.hpp"
#include "cli/generate/declared_commands.hpp"
#include "cli/generate/mdoc.hpp"
#include "cli/generate/topic_pages.hpp"

#include <iterator>
#include <utility>

namespace goflow::cli {
namespace {

using mdoc::heading;
using mdoc::item;
using mdoc::list;
using mdoc::page_head;
using mdoc::page_name;
using mdoc::paragraphs;
using mdoc::quoted;
using mdoc::section;
using mdoc::sentence;

std::string option_macro(const Option& option) {
  std::string macro = option.letter == 0 ? "" : std::string("Fl ") + option.letter + " , ";
  macro += "Fl " + option.name.substr(1);
  if (option.takes_value == TakesValue::yes) macro += " Ar " + option.value_name;
  if (option.takes_value == TakesValue::optionally) {
    macro += " Ns Op Ns = Ns Ar " + option.value_name;
  }
  return macro;
}

std::string option_items(const Command& command) {
  std::string items;
  for (const Option& option : shown_options(command)) {
    items += item(option_macro(option), meaning_of(option));
  }
  return items;
}

std::string positional_items(const Command& command) {
  std::string items;
  for (const Positional& positional : command.positionals()) {
    items += item("Ar " + positional.name, meaning_of(positional));
  }
  return items;
}

std::string synopsis(const Command& command) {
  std::string text = heading("SYNOPSIS") + ".Nm goflow " + command.path() + "\n";
  for (const Positional& positional : command.positionals()) {
    const std::string dots = positional.binding.repeats ? " ..." : "";
    text += (positional.required ? ".Ar " : ".Op Ar ") + positional.name + dots + "\n";
  }
  return text + ".Op Ar options\n";
}

std::string field_items(const Command& command) {
  std::string items;
  for (const Field& field : command.fields()) {
    items += item("Cm " + std::string(field.name), field.meaning);
  }
  return items;
}

std::string example_items(const Command& command) {
  std::string items;
  for (const Example& example : command.examples()) {
    items += item("Li " + quoted(example.line), example.shows);
  }
  return items;
}

std::string exit_section(const Command& command) {
  std::string items;
  for (const ExitMeaning& exit : command.exit_codes()) {
    items += item(std::to_string(exit.code), exit.meaning);
  }
  const std::string rest = "All exit codes are explained in\n.Xr goflow 1 .\n";
  return heading("EXIT STATUS") + list(items) + rest;
}

std::string command_page(const Command& command) {
  return page_head(page_name(command.path()), 1, command.summary()) + synopsis(command) +
         heading("DESCRIPTION") + sentence(command.summary()) +
         (command.description().empty() ? "" : ".Pp\n" + paragraphs(command.description())) +
         list(positional_items(command)) + section("OPTIONS", option_items(command)) +
         section("JSON FIELDS", field_items(command)) + exit_section(command) +
         section("EXAMPLES", example_items(command)) + heading("SEE ALSO") + ".Xr goflow 1\n";
}

std::string exit_code_items() {
  std::string items;
  for (const ExitCodeMeaning& exit : exit_code_meanings()) {
    items += item(std::to_string(exit.code), exit.meaning);
  }
  return items;
}

std::string command_items(const std::vector<Command>& commands) {
  std::string items;
  for (const Command& command : commands) {
    items += item("Xr " + page_name(command.path()) + " 1", command.summary());
  }
  return items;
}

std::string alias_items(const CommandTree& tree) {
  std::string items;
  for (const Alias& alias : tree.aliases) {
    items += item("Nm goflow Cm " + std::string(alias.name), alias_note(alias));
  }
  return items;
}

/// The pages about what no single command explains.
std::string see_also(const std::vector<GeneratedFile>& topics) {
  std::string references;
  for (const GeneratedFile& topic : topics) {
    const std::size_t dot = topic.name.rfind('.');
    references += references.empty() ? "" : " ,\n";
    references += ".Xr " + topic.name.substr(0, dot) + " " + topic.name.substr(dot + 1);
  }
  return heading("SEE ALSO") + references + "\n";
}

std::string program_page(const CommandTree& tree, const std::vector<GeneratedFile>& topics) {
  return page_head(page_name(""), 1, "run workflows on your own machine") + heading("SYNOPSIS") +
         ".Nm\n.Ar command\n.Op Ar options\n" + heading("DESCRIPTION") +
         paragraphs(
             "Runs workflows from YAML files. Every step is recorded as it happens, so that a run "
             "which was cut off goes on where it was.") +
         list(alias_items(tree)) + section("COMMANDS", command_items(declared_commands(tree))) +
         section("OPTIONS", option_items(global_command())) + heading("ENVIRONMENT") +
         ".Xr goflow-environment 7\n" +
         section("FILES", item("Pa ~/.goflow", "workflows, history and everything else")) +
         section("EXIT STATUS", exit_code_items()) + see_also(topics);
}

}  // namespace

std::vector<GeneratedFile> man_pages(const CommandTree& tree) {
  std::vector<GeneratedFile> topics = topic_pages();
  std::vector<GeneratedFile> pages{{"goflow.1", program_page(tree, topics)}};
  for (const Command& command : declared_commands(tree)) {
    pages.push_back({page_name(command.path()) + ".1", command_page(command)});
  }
  std::move(topics.begin(), topics.end(), std::back_inserter(pages));
  return pages;
}

}  // namespace goflow::cli
