// A credential as commands name it: its key, and the namespace it is in.
#pragma once

#include "cli/command/command.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/secret/credential_key.hpp"
#include "credentials/selection.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace goflow::cli {

/// `--namespace NS`
void declare_namespace(Command& command, std::string& target);

/// `--all-namespaces`
void declare_all_namespaces(Command& command, bool& target);

/// All of which something is known, in whatever namespace, sorted by namespace and key.
core::Result<std::vector<core::DescribedCredential>> find_described(Context& context);

/// The one that was named or none, and with `all` each in which something is known.
core::Result<std::set<core::CredentialNamespace>> asked_namespaces(
    const std::string& name, bool all, const std::vector<core::DescribedCredential>& described);

/// "'prod/api-key'", and in a namespace "'prod/api-key' in namespace 'tenant-a'".
std::string quoted(const core::CredentialKey& key,
                   const core::CredentialNamespace& credential_namespace);

/// As it is typed: "prod/api-key", and in a namespace "prod/api-key --namespace tenant-a".
std::string words_for(const core::CredentialKey& key,
                      const core::CredentialNamespace& credential_namespace);

/// "the keyring", "the encrypted file".
std::string place_of(const credentials::OpenedCredentials& opened);

/// not_found, with the nearest keys that there are.
core::Error no_credential(const core::CredentialKey& key,
                          const core::CredentialNamespace& credential_namespace,
                          Context& context);

/// What is known of it; nullopt when nothing is.
core::Result<std::optional<core::CredentialMetadata>> find_metadata(
    const core::CredentialKey& key,
    const core::CredentialNamespace& credential_namespace,
    Context& context);

}  // namespace goflow::cli
