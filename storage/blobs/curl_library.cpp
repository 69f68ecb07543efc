#include "storage/blobs/curl_library.hpp"

#include "core/base/shared_library.hpp"

#include <mutex>
#include <optional>

namespace goflow::storage {
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
      .bind("curl_easy_header", curl.easy_header)
      .bind("curl_easy_pause", curl.easy_pause)
      .bind("curl_easy_strerror", curl.easy_strerror)
      .bind("curl_easy_reset", curl.easy_reset)
      .bind("curl_easy_cleanup", curl.easy_cleanup)
      .bind("curl_slist_append", curl.slist_append)
      .bind("curl_slist_free_all", curl.slist_free_all)
      .bind("curl_multi_init", curl.multi_init)
      .bind("curl_multi_add_handle", curl.multi_add_handle)
      .bind("curl_multi_remove_handle", curl.multi_remove_handle)
      .bind("curl_multi_perform", curl.multi_perform)
      .bind("curl_multi_poll", curl.multi_poll)
      .bind("curl_multi_info_read", curl.multi_info_read)
      .bind("curl_multi_cleanup", curl.multi_cleanup);
  GOFLOW_TRY(library.check());
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    return Error{core::ErrorCode::failed_precondition, "libcurl cannot be set up"};
  }
  return curl;
}

}  // namespace

Result<const CurlLibrary*> curl_library() {
  static std::mutex loading;
  static std::optional<CurlLibrary> loaded;
  const std::lock_guard lock(loading);
  if (!loaded) {
    auto curl = load();
    if (!curl) {
      Error error = std::move(curl).error().with_hint("install it: apt install libcurl4");
      error.code = core::ErrorCode::failed_precondition;  // trying again would not help
      return error;
    }
    loaded = *curl;
  }
  return &*loaded;
}

}  // namespace goflow::storage
