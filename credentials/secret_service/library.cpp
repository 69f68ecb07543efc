#include "credentials/secret_service/library.hpp"

#include <dlfcn.h>

namespace goflow::credentials {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

/// Fills in one function after the other, and remembers the first that is missing.
class Symbols {
 public:
  explicit Symbols(void* library) : library_(library) {}

  // The libraries below are searched as well, so that GLib's are found through libsecret.
  template <class Function>
  void find(const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(library_, name));
    if (function == nullptr && missing_.empty()) missing_ = name;
  }
  [[nodiscard]] const std::string& missing() const { return missing_; }

 private:
  void* library_;
  std::string missing_;
};

void fill(SecretLibrary& library, Symbols& symbols) {
  symbols.find("secret_service_get_sync", library.service_get);
  symbols.find("secret_collection_for_alias_sync", library.collection_for_alias);
  symbols.find("secret_collection_get_label", library.collection_get_label);
  symbols.find("secret_collection_get_locked", library.collection_get_locked);

  symbols.find("g_bus_get_sync", library.bus_get);
  symbols.find("g_dbus_connection_call_sync", library.connection_call);
  symbols.find("g_dbus_connection_set_exit_on_close", library.connection_set_exit_on_close);
  symbols.find("g_variant_get", library.variant_get);
  symbols.find("g_variant_new", library.variant_new);
  symbols.find("g_variant_unref", library.variant_unref);

  symbols.find("g_cancellable_cancel", library.cancellable_cancel);
  symbols.find("g_cancellable_is_cancelled", library.cancellable_is_cancelled);
  symbols.find("g_cancellable_new", library.cancellable_new);
  symbols.find("g_error_free", library.error_free);
  symbols.find("g_free", library.free);
  symbols.find("g_object_unref", library.object_unref);
}

}  // namespace

Result<SecretLibrary> load_secret_library(const std::string& file) {
  // GLib keeps threads and types: it must never be unloaded.
  void* handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == nullptr) {
    return Error{ErrorCode::credential, "'" + file + "' is not installed"}.with_hint(
        "install it: sudo apt install libsecret-1-0");
  }
  SecretLibrary library;
  Symbols symbols(handle);
  fill(library, symbols);
  if (symbols.missing().empty()) return library;
  return Error{ErrorCode::credential, "'" + file + "' has no function '" + symbols.missing() + "'"}
      .with_hint("bring it up to date: sudo apt install libsecret-1-0");
}

Result<const SecretLibrary*> secret_library() {
  static const Result<SecretLibrary> loaded = load_secret_library();
  if (!loaded) return loaded.error();
  return &*loaded;
}

}  // namespace goflow::credentials
