// Gives a credential a new value, and keeps the one before at hand for a while.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/secret/credential_metadata.hpp"
#include "core/secret/credential_store.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace goflow::core {

struct RotationTerms {
  /// How long the value before stays at hand; zero: not at all.
  std::chrono::milliseconds grace = std::chrono::hours(24);
  /// Of the new value. What was said of the one before holds no longer.
  std::optional<Timestamp> expires_at = std::nullopt;
};

/// As long as somebody has it, no other process changes credentials.
using CredentialTurn = std::shared_ptr<const void>;

/// Waits for it, up to a limit. Who has it may take it again.
using TakeCredentialTurn = std::function<Result<CredentialTurn>()>;

/// Of the credentials in one namespace, which is the store's. Each function can be cut off at any
/// point: no value is lost that it was to keep, and what it left undone is done when it is called
/// again. What changes something does so in its turn: of two that rotate a credential at once, the
/// second keeps the value of the first.
class CredentialRotation {
 public:
  /// All of them must outlive this. Without `take_turn`, nobody else changes the credentials.
  CredentialRotation(CredentialStore& store,
                     CredentialMetadataStore& metadata,
                     CredentialNamespace credential_namespace,
                     const Clock& clock,
                     TakeCredentialTurn take_turn = {})
      : store_(store),
        metadata_(metadata),
        credential_namespace_(std::move(credential_namespace)),
        clock_(clock),
        take_turn_(std::move(take_turn)) {}

  /// Until when the value before is kept; nullopt: it is not. The value may be the one that is
  /// stored already: then nothing is replaced. not_found: there is no such credential.
  Result<std::optional<Timestamp>> rotate(const CredentialKey& key,
                                          const Secret& value,
                                          const RotationTerms& terms = {});
  /// nullopt: none is kept, or its time is over.
  Result<std::optional<Secret>> previous(const CredentialKey& key);
  /// Brings the value before back and drops the one that replaced it. not_found: none is kept.
  Result<void> undo(const CredentialKey& key);
  /// With the value before and all that is known of it. false: there was none of these.
  Result<bool> remove(const CredentialKey& key);
  /// Removes the values before whose time is over. For every command that writes, and every run
  /// that uses a credential; cheap when there are none.
  Result<void> drop_overdue();

 private:
  Result<CredentialTurn> take_turn() const;
  Result<void> replace(const CredentialKey& key,
                       const Secret& current,
                       const Secret& value,
                       CredentialMetadata& metadata);
  Result<void> drop_if_overdue(const CredentialKey& key);
  Result<std::optional<CredentialMetadata>> find(const CredentialKey& key);
  Result<void> put(const CredentialKey& key, const CredentialMetadata& metadata);
  [[nodiscard]] Error no_credential(const CredentialKey& key) const;
  Error why_nothing_before(const CredentialKey& key);
  [[nodiscard]] bool is_overdue(const CredentialMetadata& metadata) const;

  CredentialStore& store_;
  CredentialMetadataStore& metadata_;
  const CredentialNamespace credential_namespace_;
  const Clock& clock_;
  const TakeCredentialTurn take_turn_;
};

}  // namespace goflow::core
