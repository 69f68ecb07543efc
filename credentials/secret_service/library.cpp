#include "credentials/secret_service/library.hpp"

#include "core/base/shared_library.hpp"

namespace goflow::credentials {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

/// libsecret 0.20 complains of itself when a prompt is given up. What a user has to know comes
/// back as an error; complaints of libraries would stand between goflow's own words.
void pass_over(const char* /*domain*/, GLogLevelFlags /*level*/, const char* /*text*/, void*) {}

/// GLib's functions are found through libsecret, which is linked with it.
Result<SecretLibrary> load(const std::string& file) {
  GOFLOW_TRY(auto library, core::SharedLibrary::open(file));
  SecretLibrary secret;
  library.bind("secret_service_get_sync", secret.service_get)
      .bind("secret_service_search_sync", secret.service_search)
      .bind("secret_service_search_for_dbus_paths", secret.service_search_for_paths_async)
      .bind("secret_service_search_for_dbus_paths_finish", secret.service_search_for_paths_finish)
      .bind("secret_service_ensure_session_sync", secret.service_ensure_session)
      .bind("secret_service_get_secret_for_dbus_path_sync", secret.service_get_secret)
      .bind("secret_service_unlock", secret.service_unlock)
      .bind("secret_service_unlock_finish", secret.service_unlock_finish)
      .bind("secret_service_disconnect", secret.service_disconnect)
      .bind("secret_collection_create", secret.collection_create)
      .bind("secret_collection_create_finish", secret.collection_create_finish)
      .bind("secret_collection_for_alias_sync", secret.collection_for_alias)
      .bind("secret_collection_get_label", secret.collection_get_label)
      .bind("secret_collection_get_locked", secret.collection_get_locked)
      .bind("secret_item_create_sync", secret.item_create)
      .bind("secret_item_delete_sync", secret.item_delete)
      .bind("secret_item_get_locked", secret.item_get_locked)
      .bind("secret_item_get_modified", secret.item_get_modified)
      .bind("secret_item_get_secret", secret.item_get_secret)
      .bind("secret_item_load_secret_sync", secret.item_load_secret)
      .bind("secret_item_set_secret_sync", secret.item_set_secret)
      .bind("secret_value_get", secret.value_get)
      .bind("secret_value_new", secret.value_new)
      .bind("secret_value_unref", secret.value_unref)
      .bind("secret_error_get_quark", secret.error_get_quark)
      .bind("g_bus_get_sync", secret.bus_get)
      .bind("g_dbus_connection_call_sync", secret.connection_call)
      .bind("g_dbus_connection_call", secret.connection_call_async)
      .bind("g_dbus_connection_call_finish", secret.connection_call_finish)
      .bind("g_dbus_connection_set_exit_on_close", secret.connection_set_exit_on_close)
      .bind("g_dbus_error_quark", secret.dbus_error_quark)
      .bind("g_dbus_error_strip_remote_error", secret.dbus_error_strip_remote_error)
      .bind("g_dbus_proxy_get_connection", secret.proxy_get_connection)
      .bind("g_dbus_proxy_get_name_owner", secret.proxy_get_name_owner)
      .bind("g_dbus_proxy_get_object_path", secret.proxy_get_object_path)
      .bind("g_variant_get", secret.variant_get)
      .bind("g_variant_get_child_value", secret.variant_get_child_value)
      .bind("g_variant_lookup", secret.variant_lookup)
      .bind("g_variant_new", secret.variant_new)
      .bind("g_variant_unref", secret.variant_unref)
      .bind("g_cancellable_cancel", secret.cancellable_cancel)
      .bind("g_cancellable_is_cancelled", secret.cancellable_is_cancelled)
      .bind("g_cancellable_new", secret.cancellable_new)
      .bind("g_error_free", secret.error_free)
      .bind("g_free", secret.free)
      .bind("g_hash_table_insert", secret.hash_table_insert)
      .bind("g_hash_table_new", secret.hash_table_new)
      .bind("g_hash_table_unref", secret.hash_table_unref)
      .bind("g_list_append", secret.list_append)
      .bind("g_list_free", secret.list_free)
      .bind("g_main_context_iteration", secret.main_context_iteration)
      .bind("g_main_context_new", secret.main_context_new)
      .bind("g_main_context_pop_thread_default", secret.main_context_pop_thread_default)
      .bind("g_main_context_push_thread_default", secret.main_context_push_thread_default)
      .bind("g_main_context_unref", secret.main_context_unref)
      .bind("g_object_ref", secret.object_ref)
      .bind("g_object_unref", secret.object_unref)
      .bind("g_strfreev", secret.strfreev)
      .bind("g_str_equal", secret.str_equal)
      .bind("g_str_hash", secret.str_hash);
  decltype(&::g_log_set_default_handler) set_log_handler = nullptr;
  library.bind("g_log_set_default_handler", set_log_handler);
  GOFLOW_TRY(library.check());
  set_log_handler(pass_over, nullptr);
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
