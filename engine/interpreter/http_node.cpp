#include "engine/interpreter/activity_run.hpp"
#include "engine/interpreter/node_inputs.hpp"
#include "engine/interpreter/node_work.hpp"
#include "engine/interpreter/outcome.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace goflow::engine {

namespace {

constexpr std::chrono::seconds usual_timeout{30};

std::string_view word(core::HttpParse parse) {
  switch (parse) {
    case core::HttpParse::json:
      return "json";
    case core::HttpParse::text:
      return "text";
    case core::HttpParse::bytes:
      return "bytes";
  }
  return "text";
}

/// Only those that the author wrote.
ObjectResult templated_members(const core::HttpNode& http, const core::Environment& environment) {
  core::Object members;
  GOFLOW_TRY(std::string url, render(*http.url, environment));
  members.set("url", std::move(url));
  if (http.method) members.set("method", *http.method);
  if (!http.headers.empty()) {
    GOFLOW_TRY(core::Object headers, render_headers(http.headers, environment));
    members.set("headers", std::move(headers));
  }
  if (!http.query.empty()) {
    GOFLOW_TRY(core::Object query, evaluate_all(http.query, environment));
    members.set("query", std::move(query));
  }
  if (!http.form.empty()) {
    GOFLOW_TRY(core::Object form, evaluate_all(http.form, environment));
    members.set("form", std::move(form));
  }
  if (http.body) {
    GOFLOW_TRY(core::Value body, evaluate(*http.body, environment));
    members.set("body", std::move(body));
  }
  if (http.file) {
    GOFLOW_TRY(std::string file, render(*http.file, environment));
    members.set("file", std::move(file));
  }
  return members;
}

core::Object bearer(core::Value token) {
  return core::Object{{"bearer", std::move(token)}};
}

core::Object basic(core::Value user, core::Value password) {
  return core::Object{{"user", std::move(user)}, {"password", std::move(password)}};
}

/// One overload for each way of saying who asks.
class Identity {
 public:
  Identity(const NodeVisit& visit, const core::Environment& environment)
      : visit_(visit), environment_(environment) {}

  ObjectResult operator()(const core::BearerAuth& auth) {
    GOFLOW_TRY(std::string token, render(auth.token, environment_));
    return bearer(std::move(token));
  }

  ObjectResult operator()(const core::BasicAuth& auth) {
    GOFLOW_TRY(std::string user, render(auth.user, environment_));
    GOFLOW_TRY(std::string password, render(auth.password, environment_));
    return basic(std::move(user), std::move(password));
  }

  ObjectResult operator()(const core::CredentialAuth& auth) {
    GOFLOW_TRY(core::Value secret, find_credential(visit_.run.runtime, auth.credential));
    if (secret.is_text()) return bearer(std::move(secret));
    const core::Value* user = secret.find("user");
    const core::Value* password = secret.find("password");
    if (user && password) return basic(*user, *password);
    return core::Failure{.type = "validation",
                         .message = "the credential '" + auth.credential +
                                    "' is neither a token nor a user and a password"};
  }

 private:
  const NodeVisit& visit_;
  const core::Environment& environment_;
};

/// Who asks, as it is written in the file: literal passwords, too, are not for the history.
class ShownIdentity {
 public:
  core::Object operator()(const core::BearerAuth& auth) const { return bearer(shown(auth.token)); }
  core::Object operator()(const core::BasicAuth& auth) const {
    return basic(auth.user.what.text(), shown(auth.password));
  }
  core::Object operator()(const core::CredentialAuth& auth) const {
    return core::Object{{"credential", auth.credential}};
  }

 private:
  static std::string shown(const core::Placed<core::TextTemplate>& text) {
    return text.what.is_literal() ? "***" : text.what.text();
  }
};

core::Value to_value(const std::vector<core::StatusRange>& ranges) {
  core::Array all;
  for (const auto& range : ranges)
    all.emplace_back(core::Array{range.first, range.last});
  return all;
}

ObjectResult render_all(const NodeVisit& visit, const core::Environment& environment) {
  const auto& http = std::get<core::HttpNode>(visit.node.work);
  GOFLOW_TRY(core::Object members, templated_members(http, environment));
  if (!http.auth) return members;
  GOFLOW_TRY(core::Object auth, std::visit(Identity(visit, environment), *http.auth));
  members.set("auth", std::move(auth));
  return members;
}

const core::CredentialAuth* credential_of(const core::HttpNode& http) {
  return http.auth ? std::get_if<core::CredentialAuth>(&*http.auth) : nullptr;
}

core::Result<ActivityWork, core::Failure> prepare(NodeVisit& visit) {
  const auto& http = std::get<core::HttpNode>(visit.node.work);
  GOFLOW_TRY(auto rendered, with_and_without_secrets<core::Object>(visit, render_all));
  core::Object input = std::move(rendered.used);
  core::Object recorded = std::move(rendered.shown);
  if (http.auth) recorded.set("auth", std::visit(ShownIdentity(), *http.auth));
  if (const auto* auth = credential_of(http)) warn_if_bare(auth->credential, visit);
  input.set("follow_redirects", http.follow_redirects);
  input.set("expect", to_value(http.expect));
  if (http.parse) input.set("parse", word(*http.parse));
  return ActivityWork{.input = std::move(input),
                      .recorded = std::move(recorded),
                      .timeout = visit.node.timeout.value_or(usual_timeout)};
}

}  // namespace

Task<EffectOutcome> run_http(NodeVisit& visit) {
  return run_activity(visit, prepare);
}

}  // namespace goflow::engine
