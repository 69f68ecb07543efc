// goflow doctor: the MCP servers that saved workflows bring along; none is started or contacted.
#include "cli/arguments/stored_surroundings.hpp"
#include "cli/commands/doctor/check.hpp"
#include "cli/commands/doctor/program_search.hpp"
#include "core/workflow/reader.hpp"

#include <set>

namespace goflow::cli {
namespace {

using core::Result;

struct MissingProgram {
  std::string program;
  std::string server;
  std::string workflow;
};

struct Servers {
  std::set<std::string> names;
  std::vector<MissingProgram> missing;
};

void add_servers(const core::Workflow& workflow,
                 const std::string& id,
                 const Environment& environment,
                 Servers& servers) {
  for (const core::Server& server : workflow.servers) {
    servers.names.insert(server.id);
    const bool is_program = server.transport == core::Transport::stdio;
    if (!is_program || is_program_there(server.command, environment)) continue;
    servers.missing.push_back({server.command, server.id, id});
  }
}

/// Of all workflows that can be read; the others have a line of their own.
Result<Servers> find_servers(Context& context) {
  Servers servers;
  GOFLOW_TRY(const auto registered, context.servers().ids());
  servers.names.insert(registered.begin(), registered.end());
  GOFLOW_TRY(const core::WorkflowStore* store, context.workflows());
  GOFLOW_TRY(const auto ids, store->ids());
  const StoredSurroundings surroundings(context);
  for (const std::string& id : ids) {
    GOFLOW_TRY(const auto stored, store->find(id));
    // To look for the word is quicker than to read the workflow.
    if (!stored || stored->text.find("servers") == std::string::npos) continue;
    const auto reading = core::read_workflow(stored->text, surroundings, id);
    if (reading.workflow) add_servers(*reading.workflow, id, context.environment(), servers);
  }
  return servers;
}

std::string listing(const std::set<std::string>& names) {
  if (names.empty()) return "none defined";
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : ", ") + name;
  }
  return text + "; not contacted";
}

}  // namespace

Finding check_servers(Context& context) {
  const auto servers = find_servers(context);
  if (!servers) return fault_of(servers.error());
  std::string what = listing(servers->names);
  if (servers->missing.empty()) return {Health::ok, what};
  const MissingProgram& first = servers->missing.front();
  what += "; no program '" + first.program + "' for server '" + first.server + "' of '" +
          first.workflow + "'";
  const std::size_t others = servers->missing.size() - 1;
  if (others > 0) what += ", and " + std::to_string(others) + " more like it";
  return {Health::warning,
          what,
          "install '" + first.program + "', or name another program: goflow workflow edit " +
              first.workflow};
}

}  // namespace goflow::cli
