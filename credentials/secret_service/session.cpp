#include "credentials/secret_service/session.hpp"

#include <sys/stat.h>
#include <unistd.h>

namespace goflow::credentials {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

/// The places that GLib looks at, in its order. It must not come further: it would start a bus.
bool may_have_bus(const SessionBus& bus) {
  if (bus.address && !bus.address->empty()) return true;
  if (!bus.runtime_folder || bus.runtime_folder->empty()) return false;
  struct stat status {};
  return stat((*bus.runtime_folder + "/bus").c_str(), &status) == 0 && S_ISSOCK(status.st_mode) &&
         status.st_uid == geteuid();
}

Error no_bus() {
  return Error{ErrorCode::credential,
               "no session bus (DBUS_SESSION_BUS_ADDRESS is not set and none could be found)"}
      .with_hint("log in to a desktop session, or start a session: dbus-run-session -- bash");
}

Error not_running() {
  return Error{ErrorCode::credential, "no secret service is running"}.with_hint(
      "start one, with your password as its input: gnome-keyring-daemon --unlock "
      "--components=secrets");
}

}  // namespace

Session::Session(const SecretLibrary& library, std::chrono::milliseconds limit)
    : library_(library), service_(nullptr, library.object_unref) {
  extend(limit);
}

Result<void> Session::open(const SessionBus& bus) {
  if (!may_have_bus(bus)) return no_bus();
  GOFLOW_TRY(const auto connection, connect());
  GOFLOW_TRY(const std::string owner, owner_of_service(connection.get()));
  return find_service(owner);
}

void Session::extend(std::chrono::milliseconds limit, std::string_view setting) {
  if (deadline_ && !deadline_->has_passed()) {
    deadline_->restart(limit);
  } else {
    deadline_.emplace(library_, limit);
  }
  setting_ = setting;
}

Result<void> Session::agree_on_keys() {
  GError* said = nullptr;
  library_.service_ensure_session(service_.get(), deadline_->cancellable(), &said);
  if (said != nullptr) return failure(said);
  return {};
}

Result<Owned<SecretCollection>> Session::collection() {
  // Many services know no alias "login": of those the default is the one of the login.
  for (const char* alias : {"login", SECRET_COLLECTION_DEFAULT}) {
    GError* said = nullptr;
    auto found =
        owned(library_.collection_for_alias(
                  service_.get(), alias, SECRET_COLLECTION_NONE, deadline_->cancellable(), &said),
              library_);
    if (said != nullptr) return failure(said);
    if (found != nullptr) return found;
  }
  return owned<SecretCollection>(nullptr, library_);
}

bool Session::took_absence(GError* said) const {
  const bool is_absent =
      said->domain == library_.error_get_quark() && said->code == SECRET_ERROR_NO_SUCH_OBJECT;
  const bool is_unknown =
      said->domain == library_.dbus_error_quark() &&
      (said->code == G_DBUS_ERROR_UNKNOWN_OBJECT || said->code == G_DBUS_ERROR_UNKNOWN_METHOD);
  if (!is_absent && !is_unknown) return false;
  library_.error_free(said);
  return true;
}

bool Session::is_refusal(const GError* said) const {
  return said->domain == library_.dbus_error_quark() &&
         (said->code == G_DBUS_ERROR_ACCESS_DENIED || said->code == G_DBUS_ERROR_NOT_SUPPORTED);
}

Result<Owned<GDBusConnection>> Session::connect() {
  GError* said = nullptr;
  auto bus = owned(library_.bus_get(G_BUS_TYPE_SESSION, deadline_->cancellable(), &said), library_);
  if (bus == nullptr) return failure("the session bus", said);
  // Otherwise the end of the bus would be the end of goflow.
  library_.connection_set_exit_on_close(bus.get(), FALSE);
  return bus;
}

// Asked of the bus itself: to call the service would start it.
Result<std::string> Session::owner_of_service(GDBusConnection* bus) {
  GError* said = nullptr;
  GVariant* answer =
      library_.connection_call(bus,
                               "org.freedesktop.DBus",
                               "/org/freedesktop/DBus",
                               "org.freedesktop.DBus",
                               "GetNameOwner",
                               library_.variant_new("(s)", "org.freedesktop.secrets"),
                               nullptr,
                               G_DBUS_CALL_FLAGS_NO_AUTO_START,
                               G_MAXINT,
                               deadline_->cancellable(),
                               &said);
  if (answer != nullptr) {
    const char* owner = nullptr;
    library_.variant_get(answer, "(&s)", &owner);
    std::string name = owner;
    library_.variant_unref(answer);
    return name;
  }
  if (said->domain != library_.dbus_error_quark() || said->code != G_DBUS_ERROR_NAME_HAS_NO_OWNER) {
    return failure("the session bus", said);
  }
  library_.error_free(said);
  return not_running();
}

// libsecret keeps its service for good, although another one may have taken its place since.
Result<void> Session::find_service(const std::string& owner) {
  for (const bool is_second_try : {false, true}) {
    GError* said = nullptr;
    service_ =
        owned(library_.service_get(SECRET_SERVICE_NONE, deadline_->cancellable(), &said), library_);
    if (service_ == nullptr) return failure(said);
    char* known = library_.proxy_get_name_owner(reinterpret_cast<GDBusProxy*>(service_.get()));
    const bool is_current = known != nullptr && owner == known;
    library_.free(known);
    if (is_current || is_second_try) break;
    library_.service_disconnect();
  }
  return {};
}

Error Session::failure(std::string_view who, GError* said) {
  library_.dbus_error_strip_remote_error(said);
  const std::string words = said->message;
  const bool has_ended =
      said->domain == library_.dbus_error_quark() &&
      (said->code == G_DBUS_ERROR_NO_REPLY || said->code == G_DBUS_ERROR_SERVICE_UNKNOWN ||
       said->code == G_DBUS_ERROR_NAME_HAS_NO_OWNER);
  const bool is_refused = is_refusal(said);
  library_.error_free(said);
  if (deadline_->has_passed()) return no_answer(who, deadline_->limit(), setting_);
  if (has_ended) {
    return Error{ErrorCode::credential, std::string(who) + " ended before it answered: " + words}
        .with_hint(not_running().hint);
  }
  if (is_refused) {
    return Error{ErrorCode::credential, std::string(who) + " denies access: " + words}.with_hint(
        "allow it there; or keep credentials in an encrypted file: export GOFLOW_KEYRING=file");
  }
  return Error{ErrorCode::credential, std::string(who) + " cannot be reached: " + words}.with_hint(
      no_bus().hint);
}

}  // namespace goflow::credentials
