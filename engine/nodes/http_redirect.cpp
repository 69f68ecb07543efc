#include "engine/nodes/http_redirect.hpp"

#include "core/workflow/secret_names.hpp"
#include "engine/nodes/http_address.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

namespace goflow::engine {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char character) {
    return static_cast<char>(std::tolower(character));
  });
  return text;
}

bool is_secure(const std::string& url) {
  return lower(url.substr(0, 6)) == "https:";
}

/// Names that stand for whoever asks, or for whom was asked.
bool stays_behind(const HttpHeader& header) {
  const std::string name = lower(header.name);
  return name == "cookie" || name == "host" || core::is_secret_name(header.name);
}

bool is_about_content(const HttpHeader& header) {
  return lower(header.name).substr(0, 8) == "content-";
}

/// 303 asks for it, and after 301 and 302 the world has agreed on it.
bool becomes_get(const HttpRequest& request, int status) {
  if (status == 303) return request.method != "HEAD";
  return (status == 301 || status == 302) && request.method == "POST";
}

}  // namespace

bool is_redirect(const HttpResponse& response) {
  const int status = response.status;
  const bool says_so =
      status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  return says_so && !response.redirect_url.empty();
}

core::Result<HttpRequest, std::string> redirected(const HttpRequest& request,
                                                  const HttpResponse& response) {
  const std::string& url = response.redirect_url;
  const std::string from = "a redirect of '" + authority_of(request.url) + "' leads to '" + url;
  if (!is_web_address(url)) return from + "', which is no web address";
  if (is_secure(request.url) && !is_secure(url)) return from + "', from https to http";

  HttpRequest next = request;
  next.url = encoded_address(url);
  if (lower(authority_of(url)) != lower(authority_of(request.url))) {
    std::erase_if(next.headers, stays_behind);
  }
  if (becomes_get(request, response.status)) {
    next.method = "GET";
    next.body.reset();
    next.body_file.reset();
    std::erase_if(next.headers, is_about_content);
  }
  return next;
}

}  // namespace goflow::engine
