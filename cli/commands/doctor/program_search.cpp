#include "cli/commands/doctor/program_search.hpp"

#include <unistd.h>

#include <algorithm>

namespace goflow::cli {

bool can_run(const std::string& path) {
  return access(path.c_str(), X_OK) == 0;
}

bool is_program_there(const std::string& program, const Environment& environment) {
  if (program.find('/') != std::string::npos) return can_run(program);
  const std::string path = filled(environment, "PATH").value_or("/usr/bin:/bin");
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    if (can_run(path.substr(begin, end - begin) + "/" + program)) return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace goflow::cli
