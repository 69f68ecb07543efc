#include "core/secret/structured.hpp"

#include "core/secret/secret_json.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

Error no_object() {
  return Error{ErrorCode::invalid_argument, "the value is no JSON object"}.with_hint(
      R"(write it as in: {"user": "ann", "password": "..."})");
}

SecretField field_of(const JsonMember& member) {
  const bool is_text = member.value.starts_with('"');
  return {.name = std::string(decode_json_text(member.name).expose()),
          .value = is_text ? decode_json_text(member.value) : compact_json(member.value),
          .is_text = is_text};
}

void set_field(std::vector<SecretField>& fields, SecretField field) {
  const auto same = std::find_if(fields.begin(), fields.end(), [&](const SecretField& other) {
    return other.name == field.name;
  });
  if (same == fields.end()) {
    fields.push_back(std::move(field));
  } else {
    *same = std::move(field);
  }
}

}  // namespace

Result<Secret> compact_structured(const Secret& json) {
  if (!json_members(json.expose())) return no_object();
  return compact_json(json.expose());
}

Result<std::vector<SecretField>> structured_fields(const Secret& json) {
  const auto members = json_members(json.expose());
  if (!members) return no_object();
  std::vector<SecretField> fields;
  for (const JsonMember& member : *members) {
    set_field(fields, field_of(member));
  }
  return fields;
}

Result<void> set_structured(CredentialStore& store, const CredentialKey& key, const Secret& json) {
  GOFLOW_TRY(const Secret compact, compact_structured(json));
  return store.set(key, compact);
}

Result<std::optional<std::vector<SecretField>>> get_structured(CredentialStore& store,
                                                               const CredentialKey& key) {
  GOFLOW_TRY(const auto value, store.get(key));
  if (!value) return std::optional<std::vector<SecretField>>();
  auto fields = structured_fields(*value);
  if (fields) return std::optional(*std::move(fields));
  return Error{ErrorCode::credential, "the value of '" + key.text() + "' is no JSON object"}
      .with_hint("store it anew: goflow cred set " + key.text() + " --structured");
}

}  // namespace goflow::core
