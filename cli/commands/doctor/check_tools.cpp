// goflow doctor: programs of others that goflow calls.
#include "cli/commands/doctor/check.hpp"

#include <unistd.h>

#include <algorithm>
#include <string>

namespace goflow::cli {
namespace {

bool can_run(const std::string& path) {
  return access(path.c_str(), X_OK) == 0;
}

bool is_on_path(const std::string& program, const Environment& environment) {
  if (program.find('/') != std::string::npos) return can_run(program);
  const std::string path = filled(environment, "PATH").value_or("/usr/bin:/bin");
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    if (can_run(path.substr(begin, end - begin) + "/" + program)) return true;
    begin = end + 1;
  }
  return false;
}

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
  if (is_on_path(program, context.environment())) return {Health::ok, "sh, editor " + program};
  return {Health::warning,
          "there is no editor '" + program + "'",
          "choose another one: goflow config set editor nano"};
}

}  // namespace goflow::cli
