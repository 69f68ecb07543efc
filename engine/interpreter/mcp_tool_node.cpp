#include "core/value/json.hpp"
#include "engine/interpreter/activity_run.hpp"
#include "engine/interpreter/node_inputs.hpp"
#include "engine/interpreter/node_work.hpp"
#include "engine/interpreter/outcome.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace goflow::engine {

namespace {

constexpr std::chrono::seconds usual_timeout{60};

std::string_view word(core::ToolParse parse) {
  switch (parse) {
    case core::ToolParse::by_content:
      return "auto";
    case core::ToolParse::text:
      return "text";
    case core::ToolParse::json:
      return "json";
    case core::ToolParse::raw:
      return "raw";
  }
  return "auto";
}

/// The fields of a structured credential by their own names; a text, behind `prefix`, by the name
/// that is agreed upon.
ObjectResult with_credential(core::Object members,
                             const NodeVisit& visit,
                             const std::string& credential,
                             const std::string& name_of_text,
                             const std::string& prefix = "") {
  GOFLOW_TRY(const core::Value secret, find_credential(visit.run.runtime, credential));
  if (!secret.is_object()) {
    members.set(name_of_text, prefix + core::to_text(secret));
    return members;
  }
  for (const auto& [field, value] : secret.as_object())
    members.set(field, core::to_text(value));
  return members;
}

ObjectResult render_address(const core::Server& server,
                            const NodeVisit& visit,
                            const core::Environment& environment) {
  const bool is_sse = server.transport == core::Transport::sse;
  core::Object rendered{{"id", server.id}, {"transport", is_sse ? "sse" : "http"}};
  GOFLOW_TRY(std::string url, render(*server.url, environment));
  rendered.set("url", std::move(url));
  GOFLOW_TRY(core::Object headers, render_headers(server.headers, environment));
  if (const auto& credential = server.credential_ref) {
    GOFLOW_TRY(headers,
               with_credential(std::move(headers), visit, *credential, "Authorization", "Bearer "));
  }
  rendered.set("headers", std::move(headers));
  return rendered;
}

ObjectResult render_server(const core::Server& server,
                           const NodeVisit& visit,
                           const core::Environment& environment) {
  if (server.transport != core::Transport::stdio) return render_address(server, visit, environment);
  core::Object rendered{{"id", server.id}, {"transport", "stdio"}, {"command", server.command}};
  GOFLOW_TRY(core::Value arguments, render_texts(server.args, environment));
  rendered.set("args", std::move(arguments));
  GOFLOW_TRY(core::Object variables, render_environment(server.env, environment));
  if (const auto& credential = server.credential_ref) {
    GOFLOW_TRY(variables,
               with_credential(std::move(variables), visit, *credential, "GOFLOW_CREDENTIAL"));
  }
  rendered.set("env", std::move(variables));
  return rendered;
}

/// By what the run was given: whichever node needs the server first, it is started in the same way.
ObjectResult describe_server(NodeVisit& visit, const core::Server& server) {
  Variables given = given_variables(visit.run);
  const Scope scope(given);
  const ScopeEnvironment environment(
      visit.run, scope, visit.node.id, visit.attempt, "server " + server.id);
  auto described = render_server(server, visit, environment);
  if (!described && environment.lacks_secret()) described.error().type = "validation";
  if (!described) return described;
  warn_of_bare_secrets(environment, visit);
  if (server.credential_ref) warn_if_bare(*server.credential_ref, visit);
  return described;
}

ObjectResult render_parameters(const NodeVisit& visit, const core::Environment& environment) {
  return evaluate_all(std::get<core::McpToolNode>(visit.node.work).parameters, environment);
}

core::Result<ActivityWork, core::Failure> prepare(NodeVisit& visit) {
  const auto& tool = std::get<core::McpToolNode>(visit.node.work);
  const auto& servers = visit.run.workflow.servers;
  const auto server = std::find_if(
      servers.begin(), servers.end(), [&](const auto& one) { return one.id == tool.server; });
  if (server == servers.end()) {
    return core::Failure{.type = "validation", .message = "no server '" + tool.server + "'"};
  }
  GOFLOW_TRY(core::Object described, describe_server(visit, *server));
  GOFLOW_TRY(auto parameters, with_and_without_secrets<core::Object>(visit, render_parameters));
  core::Object input{{"server", std::move(described)},
                     {"tool", tool.tool},
                     {"parameters", std::move(parameters.used)},
                     {"parse", word(tool.parse)}};
  core::Object recorded{
      {"server", tool.server}, {"tool", tool.tool}, {"parameters", std::move(parameters.shown)}};
  return ActivityWork{.input = std::move(input),
                      .recorded = std::move(recorded),
                      .timeout = visit.node.timeout.value_or(usual_timeout)};
}

}  // namespace

Task<EffectOutcome> run_mcp_tool(NodeVisit& visit) {
  return run_activity(visit, prepare);
}

}  // namespace goflow::engine
