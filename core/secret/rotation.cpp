#include "core/secret/rotation.hpp"

#include "core/secret/credential_value.hpp"

namespace goflow::core {
namespace {

std::string named(const CredentialKey& key, const CredentialNamespace& credential_namespace) {
  const std::string& space = credential_namespace.text();
  return "'" + key.text() + "'" + (space.empty() ? "" : " in namespace '" + space + "'");
}

/// The command, which looks into the namespace.
std::string list_of(const CredentialNamespace& credential_namespace) {
  const std::string& space = credential_namespace.text();
  return "goflow cred list" + (space.empty() ? "" : " --namespace " + space);
}

}  // namespace

Result<std::optional<Timestamp>> CredentialRotation::rotate(const CredentialKey& key,
                                                            const Secret& value,
                                                            const RotationTerms& terms) {
  GOFLOW_TRY(check_credential_value(value.expose()));
  GOFLOW_TRY(const CredentialTurn turn, take_turn());
  GOFLOW_TRY(drop_overdue());
  GOFLOW_TRY(const auto current, store_.get(key));
  if (!current) return no_credential(key);
  const Timestamp now = clock_.now();
  GOFLOW_TRY(const auto known, find(key));
  CredentialMetadata metadata = known.value_or(CredentialMetadata{now, now});
  // The same value again may be the rest of a rotation that was cut off: what it kept stays.
  const bool is_new = !current->has_same_bytes(value);
  const bool keeps = terms.grace.count() > 0;
  if (is_new || !keeps) {
    metadata.previous_until = keeps ? std::optional<Timestamp>(now + terms.grace) : std::nullopt;
    GOFLOW_TRY(store_.remove(CredentialKey::previous_of(key)));
  }
  if (is_new) {
    GOFLOW_TRY(replace(key, *current, value, metadata));
  }
  metadata.updated_at = now;
  metadata.expires_at = terms.expires_at;
  GOFLOW_TRY(put(key, metadata));
  return metadata.previous_until;
}

Result<std::optional<Secret>> CredentialRotation::previous(const CredentialKey& key) {
  GOFLOW_TRY(const auto metadata, find(key));
  const bool is_kept = metadata && metadata->previous_until && !is_overdue(*metadata);
  if (!is_kept) return std::optional<Secret>();
  return store_.get(CredentialKey::previous_of(key));
}

Result<void> CredentialRotation::undo(const CredentialKey& key) {
  GOFLOW_TRY(const CredentialTurn turn, take_turn());
  GOFLOW_TRY(const auto before, previous(key));
  if (!before) return why_nothing_before(key);
  GOFLOW_TRY(store_.set(key, *before));
  GOFLOW_TRY(store_.remove(CredentialKey::previous_of(key)));
  GOFLOW_TRY(auto metadata, find(key));
  if (!metadata) return {};
  metadata->updated_at = clock_.now();
  metadata->expires_at.reset();
  metadata->previous_until.reset();
  return put(key, *metadata);
}

// What nobody would find any more goes first: the value before is not listed, and metadata without
// a value are.
Result<bool> CredentialRotation::remove(const CredentialKey& key) {
  GOFLOW_TRY(const CredentialTurn turn, take_turn());
  GOFLOW_TRY(const bool had_previous, store_.remove(CredentialKey::previous_of(key)));
  GOFLOW_TRY(const bool had_value, store_.remove(key));
  GOFLOW_TRY(const bool was_known, metadata_.remove(credential_namespace_, key));
  return had_previous || had_value || was_known;
}

Result<void> CredentialRotation::drop_overdue() {
  GOFLOW_TRY(const auto known, metadata_.list());
  for (const DescribedCredential& credential : known) {
    const bool is_ours = credential.credential_namespace == credential_namespace_;
    if (!is_ours || !is_overdue(credential.metadata)) continue;
    GOFLOW_TRY(drop_if_overdue(credential.key));
  }
  return {};
}

Result<CredentialTurn> CredentialRotation::take_turn() const {
  return take_turn_ ? take_turn_() : CredentialTurn();
}

// The end of its time is known before there is a value before: whenever this is cut off, nothing is
// left that would be kept for ever.
Result<void> CredentialRotation::replace(const CredentialKey& key,
                                         const Secret& current,
                                         const Secret& value,
                                         CredentialMetadata& metadata) {
  GOFLOW_TRY(put(key, metadata));
  if (metadata.previous_until) {
    GOFLOW_TRY(store_.set(CredentialKey::previous_of(key), current));
  }
  return store_.set(key, value);
}

/// Asked again: another goflow may have rotated it since.
Result<void> CredentialRotation::drop_if_overdue(const CredentialKey& key) {
  GOFLOW_TRY(const CredentialTurn turn, take_turn());
  GOFLOW_TRY(auto metadata, find(key));
  if (!metadata || !is_overdue(*metadata)) return {};
  GOFLOW_TRY(store_.remove(CredentialKey::previous_of(key)));
  metadata->previous_until.reset();
  return put(key, *metadata);
}

Result<std::optional<CredentialMetadata>> CredentialRotation::find(const CredentialKey& key) {
  return metadata_.find(credential_namespace_, key);
}

Result<void> CredentialRotation::put(const CredentialKey& key, const CredentialMetadata& metadata) {
  return metadata_.put(credential_namespace_, key, metadata);
}

Error CredentialRotation::no_credential(const CredentialKey& key) const {
  return Error{ErrorCode::not_found, "no credential " + named(key, credential_namespace_)}
      .with_hint("see which there are: " + list_of(credential_namespace_));
}

Error CredentialRotation::why_nothing_before(const CredentialKey& key) {
  const auto is_there = store_.exists(key);
  if (!is_there) return is_there.error();
  if (!*is_there) return no_credential(key);
  return Error{ErrorCode::not_found,
               "no value of " + named(key, credential_namespace_) + " from before is kept"}
      .with_hint("see until when one is: " + list_of(credential_namespace_) +
                 " --json=key,previous_until");
}

bool CredentialRotation::is_overdue(const CredentialMetadata& metadata) const {
  return metadata.previous_until && *metadata.previous_until <= clock_.now();
}

}  // namespace goflow::core
