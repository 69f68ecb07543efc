// libsecret, loaded when it is first needed: goflow starts without its cost, and without it.
#pragma once

#include "core/base/result.hpp"

// Declares the search for paths, which libsecret does not call stable.
#define SECRET_API_SUBJECT_TO_CHANGE
#include <libsecret/secret.h>

#include <string>

namespace goflow::credentials {

/// What goflow calls of libsecret, and of GLib that comes with it. The headers give the types,
/// nothing is linked.
struct SecretLibrary {
  decltype(&::secret_service_get_sync) service_get = nullptr;
  decltype(&::secret_service_search_sync) service_search = nullptr;
  decltype(&::secret_service_search_for_dbus_paths) service_search_for_paths_async = nullptr;
  decltype(&::secret_service_search_for_dbus_paths_finish) service_search_for_paths_finish =
      nullptr;
  decltype(&::secret_service_ensure_session_sync) service_ensure_session = nullptr;
  decltype(&::secret_service_get_secret_for_dbus_path_sync) service_get_secret = nullptr;
  decltype(&::secret_service_unlock) service_unlock = nullptr;
  decltype(&::secret_service_unlock_finish) service_unlock_finish = nullptr;
  decltype(&::secret_service_disconnect) service_disconnect = nullptr;
  decltype(&::secret_collection_create) collection_create = nullptr;
  decltype(&::secret_collection_create_finish) collection_create_finish = nullptr;
  decltype(&::secret_collection_for_alias_sync) collection_for_alias = nullptr;
  decltype(&::secret_collection_get_label) collection_get_label = nullptr;
  decltype(&::secret_collection_get_locked) collection_get_locked = nullptr;
  decltype(&::secret_item_create_sync) item_create = nullptr;
  decltype(&::secret_item_delete_sync) item_delete = nullptr;
  decltype(&::secret_item_get_locked) item_get_locked = nullptr;
  decltype(&::secret_item_get_modified) item_get_modified = nullptr;
  decltype(&::secret_item_get_secret) item_get_secret = nullptr;
  decltype(&::secret_item_load_secret_sync) item_load_secret = nullptr;
  decltype(&::secret_item_set_secret_sync) item_set_secret = nullptr;
  decltype(&::secret_value_get) value_get = nullptr;
  decltype(&::secret_value_new) value_new = nullptr;
  decltype(&::secret_value_unref) value_unref = nullptr;
  decltype(&::secret_error_get_quark) error_get_quark = nullptr;

  decltype(&::g_bus_get_sync) bus_get = nullptr;
  decltype(&::g_dbus_connection_call_sync) connection_call = nullptr;
  decltype(&::g_dbus_connection_call) connection_call_async = nullptr;
  decltype(&::g_dbus_connection_call_finish) connection_call_finish = nullptr;
  decltype(&::g_dbus_connection_set_exit_on_close) connection_set_exit_on_close = nullptr;
  decltype(&::g_dbus_error_quark) dbus_error_quark = nullptr;
  decltype(&::g_dbus_error_strip_remote_error) dbus_error_strip_remote_error = nullptr;
  decltype(&::g_dbus_proxy_get_connection) proxy_get_connection = nullptr;
  decltype(&::g_dbus_proxy_get_name_owner) proxy_get_name_owner = nullptr;
  decltype(&::g_dbus_proxy_get_object_path) proxy_get_object_path = nullptr;
  decltype(&::g_variant_get) variant_get = nullptr;
  decltype(&::g_variant_get_child_value) variant_get_child_value = nullptr;
  decltype(&::g_variant_lookup) variant_lookup = nullptr;
  decltype(&::g_variant_new) variant_new = nullptr;
  decltype(&::g_variant_unref) variant_unref = nullptr;
  decltype(&::g_cancellable_cancel) cancellable_cancel = nullptr;
  decltype(&::g_cancellable_is_cancelled) cancellable_is_cancelled = nullptr;
  decltype(&::g_cancellable_new) cancellable_new = nullptr;
  decltype(&::g_error_free) error_free = nullptr;
  decltype(&::g_free) free = nullptr;
  decltype(&::g_hash_table_insert) hash_table_insert = nullptr;
  decltype(&::g_hash_table_new) hash_table_new = nullptr;
  decltype(&::g_hash_table_unref) hash_table_unref = nullptr;
  decltype(&::g_list_append) list_append = nullptr;
  decltype(&::g_list_free) list_free = nullptr;
  decltype(&::g_main_context_iteration) main_context_iteration = nullptr;
  decltype(&::g_main_context_new) main_context_new = nullptr;
  decltype(&::g_main_context_pop_thread_default) main_context_pop_thread_default = nullptr;
  decltype(&::g_main_context_push_thread_default) main_context_push_thread_default = nullptr;
  decltype(&::g_main_context_unref) main_context_unref = nullptr;
  decltype(&::g_object_ref) object_ref = nullptr;
  decltype(&::g_object_unref) object_unref = nullptr;
  decltype(&::g_strfreev) strfreev = nullptr;
  decltype(&::g_str_equal) str_equal = nullptr;
  decltype(&::g_str_hash) str_hash = nullptr;
};

inline constexpr const char* secret_library_file = "libsecret-1.so.0";

/// credential: the file is not there, or lacks a function. It stays loaded for good.
core::Result<SecretLibrary> load_secret_library(const std::string& file = secret_library_file);

/// Loaded at the first call. May be called from any thread.
core::Result<const SecretLibrary*> secret_library();

}  // namespace goflow::credentials
