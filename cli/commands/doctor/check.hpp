// What goflow doctor looks at: one check a part of the machine, one line in the list.
#pragma once

#include "cli/context.hpp"

#include <span>
#include <string>
#include <string_view>

namespace goflow::cli {

enum class Health { ok, warning, fault };

/// "ok", "warning" or "fault".
std::string_view to_string(Health health);

struct Finding {
  Health health = Health::ok;
  std::string what;       // "schema 5, 1204 executions, integrity ok"
  std::string hint = {};  // how to mend it
};

Finding fault_of(const core::Error& error);

struct Check {
  std::string_view name;
  Finding (*look)(Context& context);
};

/// In the order in which they are shown.
std::span<const Check> checks();

Finding check_home(Context& context);
Finding check_settings(Context& context);
Finding check_workflows(Context& context);
Finding check_history(Context& context);
Finding check_runs(Context& context);
Finding check_queue(Context& context);
Finding check_blobs(Context& context);
Finding check_keyring(Context& context);
Finding check_credentials(Context& context);
Finding check_servers(Context& context);
Finding check_tools(Context& context);
Finding check_libraries(Context& context);

}  // namespace goflow::cli
