#include "engine/nodes/http_request.hpp"

#include "core/base/base64.hpp"
#include "core/base/proxy.hpp"
#include "core/value/json.hpp"
#include "engine/nodes/http_address.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string_view>
#include <utility>

namespace goflow::engine {
namespace {

using core::Failure;
using core::Result;
using core::Value;

Failure unsendable(std::string message) {
  return Failure{"validation", std::move(message)};
}

bool is_same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

void set_header(std::vector<HttpHeader>& headers,
                const std::string& name,
                std::optional<std::string> value) {
  const auto known = std::find_if(headers.begin(), headers.end(), [&](const auto& header) {
    return is_same_name(header.name, name);
  });
  if (known != headers.end()) {
    known->value = std::move(value);
  } else {
    headers.push_back({name, std::move(value)});
  }
}

/// A line end in it would begin another header, or the body.
Result<void, Failure> check_headers(const std::vector<HttpHeader>& headers) {
  for (const HttpHeader& header : headers) {
    if (!header.value) continue;
    const bool is_one_line =
        header.value->find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
    if (!is_one_line) {
      return unsendable("header '" + header.name + "' holds a line end or a NUL character");
    }
  }
  return {};
}

std::optional<std::string> variable(const std::vector<std::string>& environment,
                                    const std::string& name) {
  for (const std::string& entry : environment) {
    if (entry.starts_with(name + "=")) return entry.substr(name.size() + 1);
  }
  return std::nullopt;
}

void set_surroundings(const std::vector<std::string>& environment, HttpRequest& request) {
  core::Proxy proxy = core::proxy_for(
      request.url, [&](const std::string& name) { return variable(environment, name); });
  request.proxy = std::move(proxy.address);
  request.proxy_exceptions = std::move(proxy.exceptions);
  request.certificates = variable(environment, "SSL_CERT_FILE").value_or("");
}

Result<std::string, Failure> address(const Value& input) {
  const std::string written = core::to_text(*input.find("url"));
  if (!is_web_address(written)) {
    return unsendable("url must begin with http:// or https://, got '" + written + "'");
  }
  std::string url = encoded_address(written);
  if (const Value* query = input.find("query")) {
    url = with_query(std::move(url), encoded_fields(query->as_object(), Blank::percent));
  }
  return url;
}

/// A path from the directory in which the run was started.
Result<std::string, Failure> file_to_send(const std::string& written,
                                          const std::string& working_directory) {
  const std::filesystem::path path = std::filesystem::path(working_directory) / written;
  std::error_code error;
  if (std::filesystem::is_regular_file(path, error)) return path.string();
  return unsendable("cannot send the file '" + written +
                    "': " + (error ? core::errno_text(error.value()) : "it is no regular file"));
}

constexpr std::string_view plain_text = "text/plain; charset=utf-8";

struct Content {
  std::optional<std::string> body = std::nullopt;
  std::optional<std::string> file = std::nullopt;
  std::string type = {};
};

Result<Content, Failure> content(const Value& input,
                                 const std::string& working_directory,
                                 const std::optional<std::string>& text_file) {
  if (text_file) return Content{.file = *text_file, .type = std::string(plain_text)};
  if (const Value* body = input.find("body")) {
    if (body->is_text()) return Content{.body = body->as_text(), .type = std::string(plain_text)};
    return Content{.body = core::to_json(*body), .type = "application/json"};
  }
  if (const Value* form = input.find("form")) {
    return Content{.body = encoded_fields(form->as_object(), Blank::plus),
                   .type = "application/x-www-form-urlencoded"};
  }
  if (const Value* file = input.find("file")) {
    GOFLOW_TRY(std::string path, file_to_send(core::to_text(*file), working_directory));
    return Content{.file = std::move(path), .type = "application/octet-stream"};
  }
  return Content{};
}

std::optional<std::string> authorization(const Value& input) {
  const Value* auth = input.find("auth");
  if (auth == nullptr) return std::nullopt;
  if (const Value* bearer = auth->find("bearer")) return "Bearer " + core::to_text(*bearer);
  return "Basic " + core::encode_base64(core::to_text(*auth->find("user")) + ":" +
                                        core::to_text(*auth->find("password")));
}

std::vector<HttpHeader> headers(const Value& input, const std::string& content_type) {
  std::vector<HttpHeader> made{{"User-Agent", "goflow"}};
  if (!content_type.empty()) made.push_back({"Content-Type", content_type});
  if (const Value* written = input.find("headers")) {
    for (const auto& [name, value] : written->as_object()) {
      set_header(made, name, value.is_null() ? std::nullopt : std::optional(core::to_text(value)));
    }
  }
  if (auto value = authorization(input)) set_header(made, "Authorization", std::move(value));
  return made;
}

std::vector<core::StatusRange> expected(const Value& input) {
  std::vector<core::StatusRange> ranges;
  for (const Value& range : input.find("expect")->as_array()) {
    const core::Array& ends = range.as_array();
    ranges.push_back(
        {static_cast<int>(ends[0].as_integer()), static_cast<int>(ends[1].as_integer())});
  }
  return ranges;
}

std::optional<core::HttpParse> parse_of(const Value& input) {
  const Value* parse = input.find("parse");
  if (parse == nullptr) return std::nullopt;
  if (parse->as_text() == "json") return core::HttpParse::json;
  return parse->as_text() == "text" ? core::HttpParse::text : core::HttpParse::bytes;
}

}  // namespace

Result<HttpRequest, Failure> make_request(const Value& input,
                                          const std::string& content_type,
                                          const std::vector<std::string>& environment) {
  HttpRequest request;
  GOFLOW_TRY(request.url, address(input));
  request.headers = headers(input, content_type);
  GOFLOW_TRY(check_headers(request.headers));
  set_surroundings(environment, request);
  return request;
}

Result<HttpExchange, Failure> make_exchange(const Value& input,
                                            const std::vector<std::string>& environment,
                                            const std::string& working_directory,
                                            const std::optional<std::string>& text_file) {
  HttpExchange exchange;
  HttpRequest& request = exchange.request;
  GOFLOW_TRY(Content sent, content(input, working_directory, text_file));
  GOFLOW_TRY(request, make_request(input, sent.type, environment));
  const bool has_content = sent.body || sent.file;
  request.body = std::move(sent.body);
  request.body_file = std::move(sent.file);
  const Value* method = input.find("method");
  request.method = method != nullptr ? method->as_text() : has_content ? "POST" : "GET";
  exchange.follow_redirects = input.find("follow_redirects")->as_boolean();
  exchange.expect = expected(input);
  exchange.parse = parse_of(input);
  return exchange;
}

std::string host_of(const HttpExchange& exchange) {
  return authority_of(exchange.request.url);
}

}  // namespace goflow::engine
