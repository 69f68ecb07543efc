// How goflow starts itself again to compute jq.
#pragma once

#include <string>
#include <vector>

namespace goflow::cli {

/// This very program, even if another one has been installed in its place meanwhile.
inline std::vector<std::string> jq_command() {
  return {"/proc/self/exe", "__jq"};
}

}  // namespace goflow::cli
