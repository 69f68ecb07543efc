#include "storage/sqlite/documents.hpp"

#include "core/value/json.hpp"

namespace goflow::storage {

using core::Object;
using core::Value;

std::string text_member(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  return member && member->is_text() ? member->as_text() : std::string();
}

core::Timestamp time_member(const Value& object, std::string_view name) {
  return core::parse_rfc3339(text_member(object, name)).value_or(core::Timestamp());
}

Object to_object(const core::TextMap& texts) {
  Object object;
  for (const auto& [key, text] : texts) {
    object.set(key, text);
  }
  return object;
}

core::TextMap to_text_map(const Object& object) {
  core::TextMap texts;
  for (const auto& [key, value] : object) {
    texts.emplace(key, core::to_text(value));
  }
  return texts;
}

Object bindings_document(const core::CredentialBindings& bindings) {
  Object document;
  if (!bindings.credential_namespace.empty()) {
    document.set("namespace", bindings.credential_namespace);
  }
  if (!bindings.keys.empty()) document.set("bind", to_object(bindings.keys));
  return document;
}

core::CredentialBindings read_bindings(const Value& document) {
  core::CredentialBindings bindings{text_member(document, "namespace")};
  const Value* keys = document.find("bind");
  if (keys && keys->is_object()) bindings.keys = to_text_map(keys->as_object());
  return bindings;
}

core::AuditTrail read_trail(const Value& document) {
  return {text_member(document, "created_by"),
          time_member(document, "created_at"),
          text_member(document, "updated_by"),
          time_member(document, "updated_at"),
          text_member(document, "event")};
}

}  // namespace goflow::storage
