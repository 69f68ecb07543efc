#include "core/value/json.hpp"
#include "engine/interpreter/activity_run.hpp"
#include "engine/interpreter/node_inputs.hpp"
#include "engine/interpreter/node_work.hpp"
#include "engine/interpreter/outcome.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace goflow::engine {

namespace {

std::string_view word(core::OutputParse parse) {
  switch (parse) {
    case core::OutputParse::text:
      return "text";
    case core::OutputParse::json:
      return "json";
    case core::OutputParse::lines:
      return "lines";
    case core::OutputParse::none:
      return "none";
  }
  return "text";
}

core::Value to_value(const std::vector<std::string>& texts) {
  return core::Array(texts.begin(), texts.end());
}

/// Only those that the author wrote.
ObjectResult templated_members(const core::ShellNode& shell, const core::Environment& environment) {
  core::Object members;
  if (!shell.command.empty()) {
    GOFLOW_TRY(core::Value command, render_texts(shell.command, environment));
    members.set("command", std::move(command));
  }
  if (shell.cwd) {
    GOFLOW_TRY(std::string cwd, render(*shell.cwd, environment));
    members.set("cwd", std::move(cwd));
  }
  if (!shell.env.empty()) {
    GOFLOW_TRY(core::Object env, render_environment(shell.env, environment));
    members.set("env", std::move(env));
  }
  if (shell.stdin_value) {
    GOFLOW_TRY(core::Value stdin_value, evaluate(*shell.stdin_value, environment));
    members.set("stdin", std::move(stdin_value));
  }
  return members;
}

/// What depends on the variables, as they are now.
struct Rendered {
  core::Object shared_env;
  core::Object members;  // recorded as well
};

core::Result<Rendered, core::Failure> render_all(const NodeVisit& visit,
                                                 const core::Environment& environment) {
  Rendered rendered;
  GOFLOW_TRY(rendered.shared_env, render_environment(visit.run.workflow.env, environment));
  for (const auto& [name, text] : visit.run.identity.instance_env) {
    rendered.shared_env.set(name, text);
  }
  const auto& shell = std::get<core::ShellNode>(visit.node.work);
  GOFLOW_TRY(rendered.members, templated_members(shell, environment));
  return rendered;
}

core::Object with_own_env(core::Object shared, const core::Object& members) {
  if (const core::Value* own = members.find("env")) {
    for (const auto& [name, value] : own->as_object())
      shared.set(name, value);
  }
  return shared;
}

core::Result<ActivityWork, core::Failure> prepare(NodeVisit& visit) {
  const auto& shell = std::get<core::ShellNode>(visit.node.work);
  GOFLOW_TRY(auto rendered, with_and_without_secrets<Rendered>(visit, render_all));

  core::Object input = rendered.used.members;
  if (shell.script) {
    input.set("script", *shell.script);
    input.set("shell", to_value(shell.shell));
    input.set("variables", variables_with_values(visit.run, visit.scope));
  }
  input.set("env", with_own_env(std::move(rendered.used.shared_env), rendered.used.members));
  input.set("parse", word(shell.parse));
  input.set("outputs", to_value(shell.outputs));
  input.set("value_is_used", shell.value_is_used);
  return ActivityWork{.input = std::move(input),
                      .recorded = std::move(rendered.shown.members),
                      .timeout = visit.node.timeout};
}

}  // namespace

Task<EffectOutcome> run_shell(NodeVisit& visit) {
  return run_activity(visit, prepare);
}

}  // namespace goflow::engine
