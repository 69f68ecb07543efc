#include "credentials/export_file/bundle.hpp"

#include "core/secret/credential_value.hpp"
#include "core/secret/secret_json.hpp"
#include "core/value/json.hpp"
#include "credentials/encrypted_file/sodium.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace goflow::credentials {
namespace {

using core::Array;
using core::CredentialKey;
using core::CredentialMetadata;
using core::CredentialNamespace;
using core::JsonMember;
using core::Object;
using core::Secret;
using core::SecretBuffer;
using core::Timestamp;
using core::Value;

Value labels_of(const CredentialMetadata& metadata) {
  Object labels;
  for (const auto& [name, text] : metadata.labels) {
    labels.set(name, text);
  }
  return labels;
}

// None of it is secret: the JSON library may keep its copies.
Value described(const CredentialMetadata& metadata) {
  const Array public_fields(metadata.public_fields.begin(), metadata.public_fields.end());
  Object description{{"created", core::format_rfc3339(metadata.created_at)},
                     {"updated", core::format_rfc3339(metadata.updated_at)},
                     {"description", metadata.description},
                     {"labels", labels_of(metadata)},
                     {"kind", metadata.kind},
                     {"public_fields", public_fields}};
  if (metadata.expires_at) description.set("expires", core::format_rfc3339(*metadata.expires_at));
  return description;
}

void append_credential(SecretBuffer& text, const ExportedCredential& credential) {
  text.append(R"({"namespace":")");
  text.append(credential.credential_namespace.text());
  text.append(R"(","key":")");
  text.append(credential.key.text());
  text.append(R"(","value":")");
  text.append(encoded_secret(credential.value).expose());
  text.append('"');
  if (credential.metadata) {
    text.append(R"(,"metadata":)");
    text.append(core::to_json(described(*credential.metadata)));
  }
  text.append('}');
}

/// nullopt: there is none.
std::optional<std::string> text_at(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  if (member == nullptr || !member->is_text()) return std::nullopt;
  return member->as_text();
}

std::optional<Timestamp> time_at(const Value& object, std::string_view name) {
  return core::parse_rfc3339(text_at(object, name).value_or(""));
}

std::optional<std::map<std::string, std::string>> read_labels(const Value* object) {
  if (object == nullptr || !object->is_object()) return std::nullopt;
  std::map<std::string, std::string> labels;
  for (const auto& [name, value] : object->as_object()) {
    if (!value.is_text()) return std::nullopt;
    labels[name] = value.as_text();
  }
  return labels;
}

std::optional<std::vector<std::string>> read_texts(const Value* array) {
  if (array == nullptr || !array->is_array()) return std::nullopt;
  std::vector<std::string> texts;
  for (const Value& item : array->as_array()) {
    if (!item.is_text()) return std::nullopt;
    texts.push_back(item.as_text());
  }
  return texts;
}

std::optional<CredentialMetadata> read_metadata(std::string_view json) {
  const auto read = core::parse_json(json);
  if (!read) return std::nullopt;
  const auto created_at = time_at(*read, "created");
  const auto updated_at = time_at(*read, "updated");
  const auto expires_at = time_at(*read, "expires");
  const auto description = text_at(*read, "description");
  const auto labels = read_labels(read->find("labels"));
  const auto kind = text_at(*read, "kind");
  const auto public_fields = read_texts(read->find("public_fields"));
  const bool is_whole = created_at && updated_at && description && labels && kind &&
                        public_fields && (expires_at || read->find("expires") == nullptr);
  if (!is_whole) return std::nullopt;
  return CredentialMetadata{.created_at = *created_at,
                            .updated_at = *updated_at,
                            .expires_at = expires_at,
                            .description = *description,
                            .labels = *labels,
                            .kind = *kind,
                            .public_fields = *public_fields};
}

std::optional<ExportedCredential> read_credential(std::string_view json) {
  const auto members = core::json_members(json);
  if (!members) return std::nullopt;
  auto credential_namespace =
      CredentialNamespace::parse(core::plain_text_of(*members, "namespace"));
  auto key = CredentialKey::parse(core::plain_text_of(*members, "key"));
  auto value = decoded_secret(core::plain_text_of(*members, "value"));
  const bool is_whole =
      credential_namespace && key && value && core::check_credential_value(value->expose());
  if (!is_whole) return std::nullopt;
  ExportedCredential credential{
      *std::move(credential_namespace), *std::move(key), *std::move(value)};
  const auto known = std::find_if(members->begin(), members->end(), [](const JsonMember& member) {
    return member.name == R"("metadata")";
  });
  if (known == members->end()) return credential;
  credential.metadata = read_metadata(known->value);
  return credential.metadata ? std::optional(std::move(credential)) : std::nullopt;
}

}  // namespace

Secret write_bundle(const std::vector<ExportedCredential>& credentials) {
  SecretBuffer text;
  text.append(R"({"credentials":[)");
  for (const ExportedCredential& credential : credentials) {
    if (&credential != &credentials.front()) text.append(',');
    append_credential(text, credential);
  }
  text.append("]}");
  return std::move(text).finish();
}

std::optional<std::vector<ExportedCredential>> read_bundle(const Secret& text) {
  const auto members = core::json_members(text.expose());
  if (!members || members->size() != 1 || members->front().name != R"("credentials")") {
    return std::nullopt;
  }
  const auto items = core::json_items(members->front().value);
  if (!items) return std::nullopt;
  std::vector<ExportedCredential> credentials;
  std::set<std::pair<CredentialNamespace, CredentialKey>> names;
  for (const std::string_view item : *items) {
    auto credential = read_credential(item);
    const bool is_new =
        credential && names.emplace(credential->credential_namespace, credential->key).second;
    if (!is_new) return std::nullopt;
    credentials.push_back(*std::move(credential));
  }
  return credentials;
}

}  // namespace goflow::credentials
