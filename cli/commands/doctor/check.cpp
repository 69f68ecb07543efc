#include "cli/commands/doctor/check.hpp"

#include <array>

namespace goflow::cli {

std::string_view to_string(Health health) {
  switch (health) {
    case Health::ok:
      return "ok";
    case Health::warning:
      return "warning";
    case Health::fault:
      return "fault";
  }
  return "fault";
}

Finding fault_of(const core::Error& error) {
  return {Health::fault, error.message, error.hint};
}

std::span<const Check> checks() {
  static constexpr std::array<Check, 12> all{{
      {"home", check_home},
      {"settings", check_settings},
      {"workflows", check_workflows},
      {"database", check_history},
      {"runs", check_runs},
      {"queue", check_queue},
      {"blobs", check_blobs},
      {"keyring", check_keyring},
      {"secrets", check_credentials},
      {"servers", check_servers},
      {"tools", check_tools},
      {"libraries", check_libraries},
  }};
  return all;
}

}  // namespace goflow::cli
