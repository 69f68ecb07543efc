// The way to the Secret Service: from the bus to the service, within a deadline.
#pragma once

#include "core/base/result.hpp"
#include "credentials/secret_service/deadline.hpp"
#include "credentials/secret_service/library.hpp"
#include "credentials/secret_service/no_answer.hpp"
#include "credentials/secret_service/session_bus.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::credentials {

template <class Object>
using Owned = std::unique_ptr<Object, void (*)(void*)>;

template <class Object>
Owned<Object> owned(Object* object, const SecretLibrary& library) {
  return {object, library.object_unref};
}

/// One conversation with the service. Prompts nobody, and starts neither a bus nor a service.
class Session {
 public:
  Session(const SecretLibrary& library, std::chrono::milliseconds limit);

  /// credential: the reason why there is no service to speak to.
  core::Result<void> open(const SessionBus& bus);

  [[nodiscard]] const SecretLibrary& library() const { return library_; }
  [[nodiscard]] SecretService* service() const { return service_.get(); }
  [[nodiscard]] GCancellable* cancellable() const { return deadline_->cancellable(); }
  /// Counts anew from now on. `setting`: by which the user can make it longer.
  void extend(std::chrono::milliseconds limit, std::string_view setting = answer_setting);

  /// On those under which values travel, unless it was done before. Takes a while.
  core::Result<void> agree_on_keys();

  /// Where a new secret would go; no collection when there is none yet.
  core::Result<Owned<SecretCollection>> collection();

  /// What became of a call on the service; frees what GLib said.
  core::Error failure(GError* said) { return failure("the secret service", said); }
  /// Nothing came of it within the deadline.
  [[nodiscard]] core::Error no_answer_of_service() const {
    return no_answer("the secret service", deadline_->limit(), setting_);
  }
  [[nodiscard]] bool is_out_of_time() const { return deadline_->has_passed(); }
  /// Whether GLib says that what was spoken of is not there; then it is freed.
  bool took_absence(GError* said) const;
  /// Whether GLib says that the call itself is not allowed, or not known.
  bool is_refusal(const GError* said) const;

 private:
  core::Result<Owned<GDBusConnection>> connect();
  core::Result<std::string> owner_of_service(GDBusConnection* bus);
  core::Result<void> find_service(const std::string& owner);
  core::Error failure(std::string_view who, GError* said);

  const SecretLibrary& library_;
  std::optional<Deadline> deadline_;
  std::string_view setting_;  // of the deadline
  Owned<SecretService> service_;
};

}  // namespace goflow::credentials
