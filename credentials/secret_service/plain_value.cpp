#include "credentials/secret_service/plain_value.hpp"

#include <memory>
#include <string_view>

namespace goflow::credentials {
namespace {

using core::Error;
using core::Result;
using core::Secret;

constexpr std::string_view local_address = "unix:";

using Variant = std::unique_ptr<GVariant, void (*)(GVariant*)>;

/// Takes the parameters over; nullptr: it has said why.
Variant call(Session& session,
             const std::string& path,
             const char* interface,
             const char* method,
             GVariant* parameters,
             GError** said) {
  const SecretLibrary& library = session.library();
  auto* service = reinterpret_cast<GDBusProxy*>(session.service());
  return {library.connection_call(library.proxy_get_connection(service),
                                  "org.freedesktop.secrets",
                                  path.c_str(),
                                  interface,
                                  method,
                                  parameters,
                                  nullptr,
                                  G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                  G_MAXINT,
                                  session.cancellable(),
                                  said),
          library.variant_unref};
}

/// Of the answer to "OpenSession"; the service closes it when the connection ends.
std::string opened_session(const SecretLibrary& library, GVariant* answer) {
  const char* path = nullptr;
  library.variant_get(answer, "(v&o)", nullptr, &path);
  return path;
}

/// Of the answer to "GetSecret".
std::optional<Secret> told_secret(const SecretLibrary& library, GVariant* answer) {
  GVariant* bytes = nullptr;
  library.variant_get(answer, "((o@ay@ays))", nullptr, nullptr, &bytes, nullptr);
  const Variant owner(bytes, library.variant_unref);
  gsize size = 0;
  const void* begin = library.variant_get_fixed_array(bytes, &size, 1);
  return Secret::copy_of({static_cast<const char*>(begin), size});
}

}  // namespace

bool is_local(const SessionBus& bus) {
  // Without an address GLib looks for a socket in the folder of the user.
  if (!bus.address || bus.address->empty()) return true;
  std::string_view rest = *bus.address;
  while (!rest.empty()) {
    if (!rest.starts_with(local_address)) return false;
    const std::size_t end = rest.find(';');
    if (end == rest.npos) break;
    rest.remove_prefix(end + 1);
  }
  return true;
}

Result<PlainValue> load_plain_value(Session& session, const std::string& path) {
  const SecretLibrary& library = session.library();
  GError* said = nullptr;
  const Variant opened = call(session,
                              "/org/freedesktop/secrets",
                              "org.freedesktop.Secret.Service",
                              "OpenSession",
                              library.variant_new("(sv)", "plain", library.variant_new("s", "")),
                              &said);
  if (opened == nullptr) {
    if (!session.is_refusal(said)) return session.failure(said);
    library.error_free(said);
    return PlainValue{};
  }
  const std::string under = opened_session(library, opened.get());
  const Variant answer = call(session,
                              path,
                              "org.freedesktop.Secret.Item",
                              "GetSecret",
                              library.variant_new("(o)", under.c_str()),
                              &said);
  if (answer != nullptr) return PlainValue{true, told_secret(library, answer.get())};
  if (session.took_absence(said)) return PlainValue{true, std::nullopt};
  return session.failure(said);
}

}  // namespace goflow::credentials
