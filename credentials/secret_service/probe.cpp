#include "credentials/secret_service/probe.hpp"

#include "core/base/duration.hpp"
#include "credentials/secret_service/deadline.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <string_view>

namespace goflow::credentials {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

template <class Object>
using Owned = std::unique_ptr<Object, void (*)(void*)>;

template <class Object>
Owned<Object> owned(Object* object, const SecretLibrary& library) {
  return {object, library.object_unref};
}

/// One look at the service, from the bus to the keyring.
class Probe {
 public:
  Probe(const SecretLibrary& library, std::chrono::milliseconds limit)
      : library_(library), deadline_(library, limit) {}

  Result<std::optional<DefaultKeyring>> run();

 private:
  Result<Owned<GDBusConnection>> connect();
  Result<bool> is_service_running(GDBusConnection* bus);
  Result<std::optional<DefaultKeyring>> default_keyring();
  /// Frees what GLib said.
  Error failure(std::string_view who, GError* said);

  const SecretLibrary& library_;
  Deadline deadline_;
};

Result<std::optional<DefaultKeyring>> Probe::run() {
  GOFLOW_TRY(const auto bus, connect());
  GOFLOW_TRY(const bool is_running, is_service_running(bus.get()));
  if (is_running) return default_keyring();
  return Error{ErrorCode::credential, "no secret service is running"}.with_hint(
      "start one, with your password as its input: gnome-keyring-daemon --unlock "
      "--components=secrets");
}

Result<Owned<GDBusConnection>> Probe::connect() {
  GError* said = nullptr;
  auto bus = owned(library_.bus_get(G_BUS_TYPE_SESSION, deadline_.cancellable(), &said), library_);
  if (bus == nullptr) return failure("the session bus", said);
  // Otherwise the end of the bus would be the end of goflow.
  library_.connection_set_exit_on_close(bus.get(), FALSE);
  return bus;
}

// Asked of the bus itself: to call the service would start it.
Result<bool> Probe::is_service_running(GDBusConnection* bus) {
  GError* said = nullptr;
  GVariant* answer =
      library_.connection_call(bus,
                               "org.freedesktop.DBus",
                               "/org/freedesktop/DBus",
                               "org.freedesktop.DBus",
                               "NameHasOwner",
                               library_.variant_new("(s)", "org.freedesktop.secrets"),
                               nullptr,
                               G_DBUS_CALL_FLAGS_NO_AUTO_START,
                               G_MAXINT,
                               deadline_.cancellable(),
                               &said);
  if (answer == nullptr) return failure("the session bus", said);
  gboolean has_owner = FALSE;
  library_.variant_get(answer, "(b)", &has_owner);
  library_.variant_unref(answer);
  return has_owner != FALSE;
}

Result<std::optional<DefaultKeyring>> Probe::default_keyring() {
  GError* said = nullptr;
  const auto service =
      owned(library_.service_get(SECRET_SERVICE_NONE, deadline_.cancellable(), &said), library_);
  if (service == nullptr) return failure("the secret service", said);
  const auto keyring = owned(library_.collection_for_alias(service.get(),
                                                           SECRET_COLLECTION_DEFAULT,
                                                           SECRET_COLLECTION_NONE,
                                                           deadline_.cancellable(),
                                                           &said),
                             library_);
  if (said != nullptr) return failure("the secret service", said);
  if (keyring == nullptr) return std::optional<DefaultKeyring>();
  char* label = library_.collection_get_label(keyring.get());
  DefaultKeyring found{.label = label,
                       .is_locked = library_.collection_get_locked(keyring.get()) != FALSE};
  library_.free(label);
  return std::optional(std::move(found));
}

Error Probe::failure(std::string_view who, GError* said) {
  const std::string words = said->message;
  library_.error_free(said);
  if (deadline_.has_passed()) {
    return Error{ErrorCode::credential,
                 std::string(who) + " did not answer within " +
                     core::spell_duration(deadline_.limit()) + ", it may be locked"}
        .with_hint("unlock the login keyring, then: goflow doctor");
  }
  return Error{ErrorCode::credential, std::string(who) + " cannot be reached: " + words}.with_hint(
      "log in to a desktop session, or start a session: dbus-run-session -- bash");
}

/// The places that GLib looks at, in its order. It must not come further: it would start a bus.
bool may_have_bus(const SessionBus& bus) {
  if (bus.address && !bus.address->empty()) return true;
  if (!bus.runtime_folder || bus.runtime_folder->empty()) return false;
  struct stat status {};
  return stat((*bus.runtime_folder + "/bus").c_str(), &status) == 0 && S_ISSOCK(status.st_mode) &&
         status.st_uid == geteuid();
}

}  // namespace

Result<std::optional<DefaultKeyring>> probe_secret_service(const SessionBus& bus,
                                                           std::chrono::milliseconds limit) {
  GOFLOW_TRY(const SecretLibrary* library, secret_library());
  if (may_have_bus(bus)) return Probe(*library, limit).run();
  return Error{ErrorCode::credential,
               "no session bus (DBUS_SESSION_BUS_ADDRESS is not set and none could be found)"}
      .with_hint("log in to a desktop session, or start a session: dbus-run-session -- bash");
}

}  // namespace goflow::credentials
