#include "core/secret/run_secrets.hpp"

#include "core/base/utf8.hpp"
#include "core/secret/secret_form.hpp"
#include "core/value/json.hpp"

#include <algorithm>
#include <utility>

namespace goflow::core {
namespace {

Error not_usable(const std::string& name, const std::string& why) {
  return Error{ErrorCode::invalid_argument, "the credential '" + name + "' " + why};
}

bool has_short_text(const Object& fields, const std::vector<std::string>& public_fields) {
  return std::any_of(fields.begin(), fields.end(), [&](const auto& field) {
    const auto& [name, value] = field;
    const bool is_public =
        std::find(public_fields.begin(), public_fields.end(), name) != public_fields.end();
    return !is_public && value.is_text() && maskable(value.as_text()) == Maskable::no;
  });
}

}  // namespace

Result<void> RunSecrets::add(const std::string& name, const Secret& value) {
  if (utf8::first_invalid(value.expose())) {
    return not_usable(name, "is not UTF-8 text").with_hint("store its base64 form instead");
  }
  redactor_.learn(value.expose());
  if (maskable(value.expose()) == Maskable::no) bare_.insert(name);
  values_.insert_or_assign(name, Value(std::string(value.expose())));
  return {};
}

Result<void> RunSecrets::add_structured(const std::string& name,
                                        const Secret& value,
                                        const std::vector<std::string>& public_fields) {
  auto fields = parse_json(value.expose());
  if (!fields || !fields->is_object()) {
    return not_usable(name, "is no JSON object")
        .with_hint("store it anew: goflow cred set " + name + " --structured");
  }
  redactor_.learn_fields(fields->as_object(), public_fields);
  if (has_short_text(fields->as_object(), public_fields)) bare_.insert(name);
  const Value* user = fields->find("user");
  const Value* password = fields->find("password");
  if (user && user->is_text() && password && password->is_text()) {
    redactor_.learn_basic_auth(user->as_text(), password->as_text());
  }
  values_.insert_or_assign(name, *std::move(fields));
  return {};
}

void RunSecrets::add_missing(const std::string& name, Error reason) {
  values_.insert_or_assign(name, std::move(reason));
}

Result<Value> RunSecrets::find(const std::string& name) const {
  const auto found = values_.find(name);
  if (found != values_.end()) return found->second;
  return Error{ErrorCode::credential,
               "the credential '" + name + "' was not looked up when this run began"}
      .with_hint("a workflow within this one asks for it since; run it again");
}

}  // namespace goflow::core
