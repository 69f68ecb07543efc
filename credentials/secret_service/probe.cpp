#include "credentials/secret_service/probe.hpp"

#include "credentials/secret_service/session.hpp"

namespace goflow::credentials {

using core::Result;

Result<std::optional<DefaultKeyring>> probe_secret_service(const SessionBus& bus,
                                                           std::chrono::milliseconds limit) {
  GOFLOW_TRY(const SecretLibrary* library, secret_library());
  Session session(*library, limit);
  GOFLOW_TRY(session.open(bus));
  GOFLOW_TRY(const auto keyring, session.collection());
  if (keyring == nullptr) return std::optional<DefaultKeyring>();
  char* label = library->collection_get_label(keyring.get());
  DefaultKeyring found{.label = label,
                       .is_locked = library->collection_get_locked(keyring.get()) != FALSE};
  library->free(label);
  return std::optional(std::move(found));
}

}  // namespace goflow::credentials
