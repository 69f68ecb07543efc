#include "engine/nodes/http_value.hpp"

#include "core/base/base64.hpp"
#include "core/base/utf8.hpp"
#include "core/expression/calendar/layout.hpp"
#include "engine/nodes/json_text.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

namespace goflow::engine {
namespace {

using core::Failure;
using core::Result;
using core::Value;
namespace calendar = core::expression::calendar;

constexpr std::size_t shown_of_body = 2048;
constexpr std::string_view list_header = "set-cookie";

std::string_view header_of(const HttpResponse& response, std::string_view name) {
  for (const HttpHeader& header : response.headers) {
    if (header.name == name) return *header.value;
  }
  return {};
}

bool is_expected(const HttpExchange& exchange, int status) {
  return std::any_of(exchange.expect.begin(), exchange.expect.end(), [status](const auto& range) {
    return range.first <= status && status <= range.last;
  });
}

std::optional<std::int64_t> seconds_of_date(std::string_view text) {
  static const auto layout = *calendar::Layout::parse("Mon, 02 Jan 2006 15:04:05 GMT");
  const auto moment = layout.read(text, calendar::Zone());
  return moment ? std::optional(moment->seconds) : std::nullopt;
}

/// The server's own clock, if it shows one: its date is meant by that.
std::int64_t now_of(const HttpResponse& response) {
  if (const auto shown = seconds_of_date(header_of(response, "date"))) return *shown;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

/// In seconds from now; nullopt: the server does not say.
std::optional<std::int64_t> retry_after(const HttpResponse& response) {
  const std::string_view text = header_of(response, "retry-after");
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (end != text.data() && end == text.data() + text.size() && text.front() != '-') {
    return error == std::errc() ? seconds : std::numeric_limits<std::int64_t>::max();
  }
  const auto date = seconds_of_date(text);
  if (!date) return std::nullopt;
  return std::max<std::int64_t>(*date - now_of(response), 0);
}

Failure unexpected_status(const HttpExchange& exchange, const HttpResponse& response) {
  Failure failure{"execution",
                  "HTTP " + std::to_string(response.status) + " from '" + host_of(exchange) + "'"};
  failure.context.set("status", response.status);
  const std::string_view shown = std::string_view(response.body).substr(0, shown_of_body);
  failure.context.set("body",
                      core::utf8::valid(shown.substr(0, core::utf8::complete_length(shown))));
  if (const auto seconds = retry_after(response)) failure.context.set("retry_after", *seconds);
  return failure;
}

Failure data_failure(const HttpExchange& exchange, const std::string& what) {
  return Failure{"data", "the response of '" + host_of(exchange) + "' " + what};
}

/// "application/json", "application/problem+json; charset=utf-8"
bool is_json(std::string_view content_type) {
  std::string type(content_type.substr(0, content_type.find(';')));
  type.erase(type.find_last_not_of(" \t") + 1);
  std::transform(type.begin(), type.end(), type.begin(), [](unsigned char character) {
    return static_cast<char>(std::tolower(character));
  });
  return type == "application/json" || type == "text/json" || type.ends_with("+json");
}

Result<Value, Failure> parsed_json(const HttpExchange& exchange,
                                   const std::string& body,
                                   std::vector<std::string>& warnings) {
  auto value = parse_foreign_json(body, warnings);
  if (value) return *std::move(value);
  return data_failure(exchange, "is " + value.error().message);
}

Result<Value, Failure> body_value(const HttpExchange& exchange,
                                  HttpResponse& response,
                                  std::vector<std::string>& warnings) {
  std::string& body = response.body;
  const bool is_text = !core::utf8::first_invalid(body);
  if (!exchange.parse) {
    const bool expects_json = is_json(header_of(response, "content-type"));
    // Nothing was sent, as after a HEAD or with a 204, whatever it would have been.
    if (expects_json && body.empty()) return Value();
    if (expects_json) return parsed_json(exchange, body, warnings);
    return is_text ? Value(std::move(body)) : Value(core::encode_base64(body));
  }
  if (exchange.parse == core::HttpParse::json) return parsed_json(exchange, body, warnings);
  if (exchange.parse == core::HttpParse::bytes) return Value(core::encode_base64(body));
  if (is_text) return Value(std::move(body));
  return data_failure(exchange, "is not UTF-8 text; parse: bytes takes it as it is");
}

Value headers_value(const HttpResponse& response) {
  core::Object headers;
  core::Array cookies;
  for (const HttpHeader& header : response.headers) {
    std::string value = core::utf8::valid(*header.value);
    if (header.name == list_header) {
      cookies.emplace_back(std::move(value));
    } else if (const Value* known = headers.find(header.name)) {
      headers.set(header.name, known->as_text() + ", " + value);
    } else {
      headers.set(core::utf8::valid(header.name), std::move(value));
    }
  }
  if (!cookies.empty()) headers.set(std::string(list_header), std::move(cookies));
  return headers;
}

}  // namespace

Result<Value, Failure> http_value(const HttpExchange& exchange,
                                  HttpResponse response,
                                  std::vector<std::string>& warnings) {
  if (!is_expected(exchange, response.status)) return unexpected_status(exchange, response);
  core::Object value;
  value.set("status", response.status);
  value.set("headers", headers_value(response));
  GOFLOW_TRY(Value body, body_value(exchange, response, warnings));
  value.set("body", std::move(body));
  return Value(std::move(value));
}

}  // namespace goflow::engine
