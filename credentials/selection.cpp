#include "credentials/selection.hpp"

#include "credentials/encrypted_file/encrypted_file_store.hpp"
#include "credentials/indexed_store.hpp"
#include "credentials/memory/memory_credential_store.hpp"
#if defined(__APPLE__)
#include "credentials/keychain/keychain_store.hpp"
#elif defined(_WIN32)
#include "credentials/wincred/wincred_store.hpp"
#else
#include "credentials/secret_service/showing_store.hpp"
#endif

#include <algorithm>

namespace goflow::credentials {
namespace {

using core::CredentialStore;
using core::Error;
using core::ErrorCode;
using core::Result;

using Store = std::unique_ptr<CredentialStore>;

constexpr const char* use_the_file =
    "or keep credentials in an encrypted file: export GOFLOW_KEYRING=file";

#if defined(__APPLE__)
constexpr Backend own_keyring = Backend::keychain;

Result<Store> open_own_keyring(const CredentialOptions& options) {
  return open_keychain(options.credential_namespace);
}
#elif defined(_WIN32)
constexpr Backend own_keyring = Backend::wincred;

Result<Store> open_own_keyring(const CredentialOptions& options) {
  return open_wincred(options.credential_namespace);
}
#else
constexpr Backend own_keyring = Backend::secret_service;

Result<Store> open_own_keyring(const CredentialOptions& options) {
  const SecretServiceOptions service{.bus = options.bus,
                                     .can_prompt = options.can_prompt,
                                     .timeout = options.timeout,
                                     .prompt_timeout = options.prompt_timeout,
                                     .notify = options.notify};
  const auto open = options.shows_values ? open_secret_service_to_show : open_secret_service;
  return open(service, options.credential_namespace);
}
#endif

Result<Store> open_indexed_keyring(const CredentialOptions& options) {
  GOFLOW_TRY(auto store, open_own_keyring(options));
  // Another goflow may be waiting for its prompt.
  const auto patience = options.timeout + options.prompt_timeout;
  return with_index(std::move(store), options.home, patience, options.notify);
}

Result<Store> open_backend(Backend backend, const CredentialOptions& options) {
  static const auto memory = std::make_shared<MemoryKeyring>();
  switch (backend) {
    case Backend::file:
      return open_encrypted_file({.home = options.home, .keys = options.file_keys},
                                 options.credential_namespace);
    case Backend::memory:
      return Store(std::make_unique<MemoryCredentialStore>(memory, options.credential_namespace));
    case Backend::secret_service:
    case Backend::keychain:
    case Backend::wincred:
      break;
  }
  return open_indexed_keyring(options);
}

/// "  secret-service  refused  no session bus"
std::string line_of(const Candidate& candidate) {
  std::string line = "  " + std::string(to_string(candidate.backend));
  line.resize(std::max<std::size_t>(line.size() + 2, 18), ' ');
  line += to_string(candidate.standing);
  line.resize(std::max<std::size_t>(line.size() + 2, 27), ' ');
  return line + candidate.reason;
}

Error no_keyring(const std::vector<Candidate>& candidates, std::string_view needed_for) {
  Error error{ErrorCode::credential, "no keyring is available for " + std::string(needed_for)};
  for (const Candidate& candidate : candidates) {
    error.message += "\n" + line_of(candidate);
    if (!candidate.hint.empty()) error.hint += candidate.hint + "\n";
  }
  error.hint += use_the_file;
  return error;
}

std::vector<Candidate> candidates_for(const CredentialOptions& options,
                                      const Result<Store>& store) {
  const Backend first = options.wanted.value_or(own_keyring);
  std::vector<Candidate> candidates;
  candidates.push_back(
      store ? Candidate{first, Standing::usable}
            : Candidate{first, Standing::refused, store.error().message, store.error().hint});
  if (!options.wanted) candidates.push_back({Backend::file, Standing::off, "only used on request"});
  return candidates;
}

}  // namespace

std::string_view to_string(Backend backend) {
  switch (backend) {
    case Backend::secret_service:
      return "secret-service";
    case Backend::keychain:
      return "keychain";
    case Backend::wincred:
      return "wincred";
    case Backend::file:
      return "file";
    case Backend::memory:
      return "memory";
  }
  return "memory";
}

std::string_view described(Backend backend) {
  switch (backend) {
    case Backend::file:
      return "encrypted file";
    case Backend::memory:
      return "memory";
    case Backend::secret_service:
    case Backend::keychain:
    case Backend::wincred:
      break;
  }
  return "keyring";
}

std::vector<Backend> built_backends() {
  return {own_keyring, Backend::file, Backend::memory};
}

Result<Backend> parse_backend(std::string_view name) {
  std::string names;
  for (const Backend backend : built_backends()) {
    if (to_string(backend) == name) return backend;
    names += (names.empty() ? "" : ", ") + std::string(to_string(backend));
  }
  return Error{ErrorCode::invalid_argument,
               "'" + std::string(name) + "' is no keyring that this goflow can use"}
      .with_hint("use one of: " + names);
}

std::string_view to_string(Standing standing) {
  switch (standing) {
    case Standing::usable:
      return "usable";
    case Standing::refused:
      return "refused";
    case Standing::off:
      return "off";
  }
  return "off";
}

std::vector<Candidate> credential_candidates(const CredentialOptions& options) {
  return candidates_for(options, open_backend(options.wanted.value_or(own_keyring), options));
}

Result<OpenedCredentials> open_credentials(const CredentialOptions& options,
                                           std::string_view needed_for) {
  const Backend backend = options.wanted.value_or(own_keyring);
  auto store = open_backend(backend, options);
  if (store) return OpenedCredentials{backend, *std::move(store)};
  return no_keyring(candidates_for(options, store), needed_for);
}

}  // namespace goflow::credentials
