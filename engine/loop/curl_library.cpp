#include "engine/loop/curl_library.hpp"

#include "core/base/shared_library.hpp"

#include <optional>

namespace goflow::engine {
namespace {

using core::Error;
using core::Result;

Result<CurlLibrary> load() {
  GOFLOW_TRY(auto library, core::SharedLibrary::open("libcurl.so.4"));
  CurlLibrary curl;
  library.bind("curl_global_init", curl.global_init)
      .bind("curl_easy_init", curl.easy_init)
      .bind("curl_easy_setopt", curl.easy_setopt)
      .bind("curl_easy_getinfo", curl.easy_getinfo)
      .bind("curl_easy_strerror", curl.easy_strerror)
      .bind("curl_easy_cleanup", curl.easy_cleanup)
      .bind("curl_slist_append", curl.slist_append)
      .bind("curl_slist_free_all", curl.slist_free_all)
      .bind("curl_url", curl.url)
      .bind("curl_url_set", curl.url_set)
      .bind("curl_url_get", curl.url_get)
      .bind("curl_url_cleanup", curl.url_cleanup)
      .bind("curl_free", curl.free)
      .bind("curl_multi_init", curl.multi_init)
      .bind("curl_multi_setopt", curl.multi_setopt)
      .bind("curl_multi_add_handle", curl.multi_add_handle)
      .bind("curl_multi_remove_handle", curl.multi_remove_handle)
      .bind("curl_multi_socket_action", curl.multi_socket_action)
      .bind("curl_multi_assign", curl.multi_assign)
      .bind("curl_multi_info_read", curl.multi_info_read)
      .bind("curl_multi_cleanup", curl.multi_cleanup);
  GOFLOW_TRY(library.check());
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return Error{core::ErrorCode::unavailable, "libcurl cannot be set up"};
  }
  return curl;
}

}  // namespace

Result<const CurlLibrary*> curl_library() {
  static std::optional<CurlLibrary> loaded;
  if (!loaded) {
    auto curl = load();
    if (!curl) return std::move(curl).error().with_hint("install it: apt install libcurl4");
    loaded = *curl;
  }
  return &*loaded;
}

}  // namespace goflow::engine
