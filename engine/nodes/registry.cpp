#include "engine/nodes/activity.hpp"
#include "engine/nodes/http.hpp"
#include "engine/nodes/jq.hpp"
#include "engine/nodes/mcp_tool.hpp"
#include "engine/nodes/shell.hpp"

#include <array>
#include <utility>

namespace goflow::engine {
namespace {

constexpr std::array<std::pair<std::string_view, ActivityRunner>, 4> runners{{
    {"http", start_http},
    {"jq", start_jq},
    {"mcp_tool", start_mcp_tool},
    {"shell", start_shell},
}};

}  // namespace

ActivityRunner find_runner(std::string_view type) {
  for (const auto& [name, runner] : runners) {
    if (name == type) return runner;
  }
  return nullptr;
}

}  // namespace goflow::engine
