#include "cli/arguments/credential_argument.hpp"

#include "core/base/suggest.hpp"

#include <utility>
#include <vector>

namespace goflow::cli {
namespace {

using core::CredentialKey;
using core::CredentialNamespace;
using core::Error;
using core::ErrorCode;
using core::Result;

/// Where they cannot be listed, nothing is near.
std::vector<std::string> known_keys(const CredentialNamespace& credential_namespace,
                                    Context& context) {
  std::vector<std::string> keys;
  const auto opened = context.credentials(credential_namespace, "a list");
  if (!opened) return keys;
  const auto stored = (*opened)->store->list();
  if (!stored) return keys;
  for (const core::StoredCredential& credential : *stored) {
    keys.push_back(credential.key.text());
  }
  return keys;
}

std::string flag_of(const CredentialNamespace& credential_namespace) {
  return credential_namespace.text().empty() ? "" : " --namespace " + credential_namespace.text();
}

}  // namespace

void declare_namespace(Command& command, std::string& target) {
  command.option("--namespace NS",
                 target,
                 "where keys are looked for: those of one namespace are unknown in another");
}

void declare_all_namespaces(Command& command, bool& target) {
  command.flag(
      "--all-namespaces", target, "also those in every namespace in which goflow has stored one");
}

Result<std::vector<core::DescribedCredential>> find_described(Context& context) {
  GOFLOW_TRY(core::CredentialMetadataStore * store, context.credential_metadata_if_any());
  if (store == nullptr) return std::vector<core::DescribedCredential>();
  return store->list();
}

Result<std::set<CredentialNamespace>> asked_namespaces(
    const std::string& name, bool all, const std::vector<core::DescribedCredential>& described) {
  GOFLOW_TRY(CredentialNamespace asked, CredentialNamespace::parse(name));
  std::set<CredentialNamespace> namespaces{std::move(asked)};
  if (!all) return namespaces;
  namespaces.insert(CredentialNamespace());
  for (const core::DescribedCredential& credential : described) {
    namespaces.insert(credential.credential_namespace);
  }
  return namespaces;
}

std::string quoted(const CredentialKey& key, const CredentialNamespace& credential_namespace) {
  const std::string quoted_key = "'" + key.text() + "'";
  if (credential_namespace.text().empty()) return quoted_key;
  return quoted_key + " in namespace '" + credential_namespace.text() + "'";
}

std::string words_for(const CredentialKey& key, const CredentialNamespace& credential_namespace) {
  return key.text() + flag_of(credential_namespace);
}

std::string place_of(const credentials::OpenedCredentials& opened) {
  return "the " + std::string(described(opened.backend));
}

Error no_credential(const CredentialKey& key,
                    const CredentialNamespace& credential_namespace,
                    Context& context) {
  std::string hint = core::did_you_mean(key.text(), known_keys(credential_namespace, context));
  if (hint.empty()) hint = "see which there are: goflow cred list" + flag_of(credential_namespace);
  return Error{ErrorCode::not_found, "no credential " + quoted(key, credential_namespace)}
      .with_hint(hint);
}

Result<std::optional<core::CredentialMetadata>> find_metadata(
    const CredentialKey& key, const CredentialNamespace& credential_namespace, Context& context) {
  GOFLOW_TRY(core::CredentialMetadataStore * known, context.credential_metadata_if_any());
  if (known == nullptr) return std::optional<core::CredentialMetadata>();
  return known->find(credential_namespace, key);
}

}  // namespace goflow::cli
