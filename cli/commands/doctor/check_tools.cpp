// goflow doctor: programs of others that goflow calls.
#include "cli/commands/doctor/check.hpp"
#include "cli/commands/doctor/program_search.hpp"

#include <string>

namespace goflow::cli {
namespace {

std::string first_word(const std::string& command) {
  return command.substr(0, command.find(' '));
}

}  // namespace

Finding check_tools(Context& context) {
  if (!can_run("/bin/sh")) {
    return {Health::fault, "there is no /bin/sh, which runs the scripts of workflows"};
  }
  const auto editor = context.setting(core::settings::editor);
  if (!editor) return {Health::ok, "sh"};
  const std::string program = first_word(editor->value);
  if (is_program_there(program, context.environment()))
    return {Health::ok, "sh, editor " + program};
  return {Health::warning,
          "there is no editor '" + program + "'",
          "choose another one: goflow config set editor nano"};
}

}  // namespace goflow::cli
