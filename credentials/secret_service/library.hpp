// libsecret, loaded when it is first needed: goflow starts without its cost, and without it.
#pragma once

#include "core/base/result.hpp"

#include <libsecret/secret.h>

#include <string>

namespace goflow::credentials {

/// What goflow calls of libsecret, and of GLib that comes with it. The headers give the types,
/// nothing is linked.
struct SecretLibrary {
  decltype(&::secret_service_get_sync) service_get = nullptr;
  decltype(&::secret_collection_for_alias_sync) collection_for_alias = nullptr;
  decltype(&::secret_collection_get_label) collection_get_label = nullptr;
  decltype(&::secret_collection_get_locked) collection_get_locked = nullptr;

  decltype(&::g_bus_get_sync) bus_get = nullptr;
  decltype(&::g_dbus_connection_call_sync) connection_call = nullptr;
  decltype(&::g_dbus_connection_set_exit_on_close) connection_set_exit_on_close = nullptr;
  decltype(&::g_variant_get) variant_get = nullptr;
  decltype(&::g_variant_new) variant_new = nullptr;
  decltype(&::g_variant_unref) variant_unref = nullptr;

  decltype(&::g_cancellable_cancel) cancellable_cancel = nullptr;
  decltype(&::g_cancellable_is_cancelled) cancellable_is_cancelled = nullptr;
  decltype(&::g_cancellable_new) cancellable_new = nullptr;
  decltype(&::g_error_free) error_free = nullptr;
  decltype(&::g_free) free = nullptr;
  decltype(&::g_object_unref) object_unref = nullptr;
};

inline constexpr const char* secret_library_file = "libsecret-1.so.0";

/// credential: the file is not there, or lacks a function. It stays loaded for good.
core::Result<SecretLibrary> load_secret_library(const std::string& file = secret_library_file);

/// Loaded at the first call. May be called from any thread.
core::Result<const SecretLibrary*> secret_library();

}  // namespace goflow::credentials
