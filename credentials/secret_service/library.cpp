#include "credentials/secret_service/library.hpp"

#include "core/base/shared_library.hpp"

namespace goflow::credentials {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

/// GLib's functions are found through libsecret, which is linked with it.
Result<SecretLibrary> load(const std::string& file) {
  GOFLOW_TRY(auto library, core::SharedLibrary::open(file));
  SecretLibrary secret;
  library.bind("secret_service_get_sync", secret.service_get)
      .bind("secret_collection_for_alias_sync", secret.collection_for_alias)
      .bind("secret_collection_get_label", secret.collection_get_label)
      .bind("secret_collection_get_locked", secret.collection_get_locked)
      .bind("g_bus_get_sync", secret.bus_get)
      .bind("g_dbus_connection_call_sync", secret.connection_call)
      .bind("g_dbus_connection_set_exit_on_close", secret.connection_set_exit_on_close)
      .bind("g_variant_get", secret.variant_get)
      .bind("g_variant_new", secret.variant_new)
      .bind("g_variant_unref", secret.variant_unref)
      .bind("g_cancellable_cancel", secret.cancellable_cancel)
      .bind("g_cancellable_is_cancelled", secret.cancellable_is_cancelled)
      .bind("g_cancellable_new", secret.cancellable_new)
      .bind("g_error_free", secret.error_free)
      .bind("g_free", secret.free)
      .bind("g_object_unref", secret.object_unref);
  GOFLOW_TRY(library.check());
  return secret;
}

}  // namespace

Result<SecretLibrary> load_secret_library(const std::string& file) {
  auto library = load(file);
  if (library) return library;
  return Error{ErrorCode::credential, library.error().message}.with_hint(
      "install it, or bring it up to date: sudo apt install libsecret-1-0");
}

Result<const SecretLibrary*> secret_library() {
  static const Result<SecretLibrary> loaded = load_secret_library();
  if (!loaded) return loaded.error();
  return &*loaded;
}

}  // namespace goflow::credentials
