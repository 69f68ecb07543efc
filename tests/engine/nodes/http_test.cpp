#include "core/value/json.hpp"
#include "engine/nodes/http_address.hpp"
#include "engine/nodes/http_redirect.hpp"
#include "engine/nodes/http_request.hpp"
#include "engine/nodes/http_value.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow;
using namespace goflow::engine;
using core::Array;
using core::Object;
using core::Value;

namespace {

Object input(Object more = {}) {
  Object made{
      {"url", "http://api.test/x"}, {"follow_redirects", true}, {"expect", Array{Array{200, 299}}}};
  for (const auto& [key, value] : more)
    made.set(key, value);
  return made;
}

HttpExchange exchange(Object more = {}, const std::vector<std::string>& environment = {}) {
  auto made = make_exchange(input(std::move(more)), environment, "/");
  REQUIRE(made.ok());
  return *std::move(made);
}

std::string refusal(Object more) {
  const auto made = make_exchange(input(std::move(more)), {}, "/nowhere");
  REQUIRE_FALSE(made.ok());
  CHECK(made.error().type == "validation");
  return made.error().message;
}

std::string header(const HttpRequest& request, const std::string& name) {
  for (const HttpHeader& one : request.headers) {
    if (one.name == name) return one.value.value_or("(not even the usual)");
  }
  return "(none)";
}

HttpResponse response(int status, std::vector<HttpHeader> headers = {}, std::string body = "") {
  return {status, std::move(headers), std::move(body), ""};
}

HttpResponse redirect(int status, const std::string& to) {
  HttpResponse made = response(status);
  made.redirect_url = to;
  return made;
}

}  // namespace

TEST_CASE("an address is encoded where it must be, and the query comes before the fragment") {
  CHECK(encoded_address("http://a/b c?d=é%20\t") == "http://a/b%20c?d=%C3%A9%20%09");
  CHECK(with_query("http://a/b", "x=1") == "http://a/b?x=1");
  CHECK(with_query("http://a/b?y=2#z?", "x=1") == "http://a/b?y=2&x=1#z?");
  CHECK(with_query("http://a/b?", "x=1") == "http://a/b?x=1");
  CHECK(with_query("http://a/b#z?", "x=1") == "http://a/b?x=1#z?");
  CHECK(with_query("http://a/b", "") == "http://a/b");
}

TEST_CASE("fields repeat lists, leave out null, and are encoded") {
  const Object fields{{"a b", "c&d"},
                      {"none", nullptr},
                      {"list", Array{1, nullptr, true}},
                      {"o", Object{{"k", 1}}}};
  CHECK(encoded_fields(fields, Blank::percent) ==
        "a%20b=c%26d&list=1&list=true&o=%7B%22k%22%3A1%7D");
  CHECK(encoded_fields({{"a b", "c d"}}, Blank::plus) == "a+b=c+d");
}

TEST_CASE("what cannot be sent is refused before anything is sent") {
  CHECK(refusal({{"url", "ftp://a"}}) == "url must begin with http:// or https://, got 'ftp://a'");
  CHECK(refusal({{"headers", Object{{"X", "a\r\nY: b"}}}}) ==
        "header 'X' holds a line end or a NUL character");
  CHECK(refusal({{"auth", Object{{"bearer", "a\n"}}}}) ==
        "header 'Authorization' holds a line end or a NUL character");
  CHECK(refusal({{"file", "none.bin"}}) ==
        "cannot send the file 'none.bin': no such file or directory");
  CHECK(refusal({{"file", "/"}}) == "cannot send the file '/': it is no regular file");
}

TEST_CASE("what the author writes wins over what is usual; null leaves it out") {
  const HttpRequest usual = exchange({{"body", Array{1}}}).request;
  CHECK(usual.method == "POST");
  CHECK(header(usual, "Content-Type") == "application/json");
  CHECK(header(usual, "User-Agent") == "goflow");
  const HttpRequest own =
      exchange({{"body", "a"},
                {"method", "PUT"},
                {"headers", Object{{"content-type", "text/csv"}, {"user-agent", nullptr}}}})
          .request;
  CHECK(own.method == "PUT");
  CHECK(header(own, "Content-Type") == "text/csv");
  CHECK(header(own, "User-Agent") == "(not even the usual)");
}

TEST_CASE("proxies come from the environment of the run") {
  const std::vector<std::string> environment{"HTTPS_PROXY=http://p:1",
                                             "http_proxy=http://q:2",
                                             "NO_PROXY=intern.test",
                                             "SSL_CERT_FILE=/etc/own.pem"};
  const HttpRequest plain = exchange({}, environment).request;
  CHECK(plain.proxy == "http://q:2");
  CHECK(plain.proxy_exceptions == "intern.test");
  CHECK(plain.certificates == "/etc/own.pem");
  CHECK(exchange({{"url", "HTTPS://a"}}, environment).request.proxy == "http://p:1");
  CHECK(exchange({{"url", "https://a"}}, {"all_proxy=socks5://r:3"}).request.proxy ==
        "socks5://r:3");
  CHECK(exchange({}, {"HTTP_PROXYX=http://p:1"}).request.proxy.empty());
}

TEST_CASE("no credential is taken along to another host") {
  const HttpRequest request =
      exchange({{"auth", Object{{"bearer", "t"}}},
                {"headers", Object{{"Cookie", "c"}, {"X-Api-Key", "k"}, {"X-Page", "1"}}}})
          .request;
  const auto same = redirected(request, redirect(302, "http://API.test/y"));
  REQUIRE(same.ok());
  CHECK(header(*same, "Authorization") == "Bearer t");
  CHECK(header(*same, "X-Api-Key") == "k");
  for (const auto* to : {"http://other.test/y", "http://api.test:81/y"}) {
    CAPTURE(to);
    const auto other = redirected(request, redirect(302, to));
    REQUIRE(other.ok());
    CHECK(other->url == to);
    for (const auto* name : {"Authorization", "Cookie", "X-Api-Key"})
      CHECK(header(*other, name) == "(none)");
    CHECK(header(*other, "X-Page") == "1");
  }
}

TEST_CASE("how a redirect changes the method") {
  struct Row {
    const char* method;
    int status;
    const char* next;
  };
  const Row rows[] = {{"POST", 301, "GET"},
                      {"POST", 302, "GET"},
                      {"POST", 303, "GET"},
                      {"POST", 307, "POST"},
                      {"POST", 308, "POST"},
                      {"PUT", 302, "PUT"},
                      {"PUT", 303, "GET"},
                      {"HEAD", 303, "HEAD"}};
  for (const Row& row : rows) {
    CAPTURE(row.method);
    CAPTURE(row.status);
    const HttpRequest request = exchange({{"method", row.method}, {"body", "b"}}).request;
    const auto next = redirected(request, redirect(row.status, "http://api.test/y"));
    REQUIRE(next.ok());
    CHECK(next->method == row.next);
    const bool keeps_body = std::string(row.method) == row.next;
    CHECK(next->body.has_value() == keeps_body);
    CHECK((header(*next, "Content-Type") == "(none)") == !keeps_body);
  }
}

TEST_CASE("https never becomes http, and no redirect leaves the web") {
  const HttpRequest request = exchange({{"url", "https://api.test/x"}}).request;
  CHECK(redirected(request, redirect(302, "http://api.test/y")).error() ==
        "a redirect of 'api.test' leads to 'http://api.test/y', from https to http");
  CHECK(redirected(request, redirect(302, "file:///etc/passwd")).error() ==
        "a redirect of 'api.test' leads to 'file:///etc/passwd', which is no web address");
  CHECK_FALSE(is_redirect(redirect(304, "http://api.test/y")));
  CHECK_FALSE(is_redirect(redirect(302, "")));
}

TEST_CASE("the body becomes a value by its content type, or as it was told") {
  struct Row {
    const char* type;
    const char* parse;
    const char* body;
    const char* value;
  };
  const Row rows[] = {{"application/json; charset=utf-8", "", R"({"a":1})", R"({"a":1})"},
                      {"application/problem+json", "", "[1]", "[1]"},
                      {"Application/JSON", "", "", "null"},
                      {"text/plain", "", "[1]", R"("[1]")"},
                      {"", "", "caf\xe9", R"("Y2Fm6Q==")"},
                      {"text/plain", "json", "[1]", "[1]"},
                      {"application/json", "text", "[1]", R"("[1]")"},
                      {"application/json", "bytes", "[1]", R"("WzFd")"}};
  for (const Row& row : rows) {
    CAPTURE(row.type);
    CAPTURE(row.parse);
    const HttpExchange asked = *row.parse == '\0' ? exchange() : exchange({{"parse", row.parse}});
    std::vector<std::string> warnings;
    const auto value =
        http_value(asked, response(200, {{"content-type", row.type}}, row.body), warnings);
    CHECK(warnings.empty());
    REQUIRE(value.ok());
    CHECK(core::to_json(*value->find("body")) == row.value);
  }
}

TEST_CASE("an integer beyond 64 bits in a body becomes a float, with a warning") {
  std::vector<std::string> warnings;
  const auto value =
      http_value(exchange(),
                 response(200, {{"content-type", "application/json"}}, "[99999999999999999999]"),
                 warnings);
  REQUIRE(value.ok());
  CHECK(core::to_json(*value->find("body"), core::FloatForm::typed) == "[100000000000000000000.0]");
  CHECK(warnings == std::vector<std::string>{
                        "integer 99999999999999999999 is beyond 64 bits and became a float"});
}

TEST_CASE("a body that is not what it was said to be fails the node") {
  const auto failure = [](const char* parse, const char* body) {
    std::vector<std::string> warnings;
    const auto value = http_value(exchange({{"parse", parse}}), response(200, {}, body), warnings);
    REQUIRE_FALSE(value.ok());
    CHECK(value.error().type == "data");
    return value.error().message;
  };
  CHECK(failure("json", "") ==
        "the response of 'api.test' is not JSON: unexpected end at line 1, column 1");
  CHECK(failure("text", "caf\xe9") ==
        "the response of 'api.test' is not UTF-8 text; parse: bytes takes it as it is");
}

TEST_CASE("Retry-After is a number of seconds, or a time by the clock of the server") {
  const auto pause = [](std::vector<HttpHeader> headers) {
    std::vector<std::string> warnings;
    const auto value = http_value(exchange(), response(503, std::move(headers)), warnings);
    const Value* seconds = value.error().context.find("retry_after");
    return seconds ? core::to_json(*seconds) : "(none)";
  };
  const HttpHeader date{"date", "Sun, 06 Nov 1994 08:49:37 GMT"};
  CHECK(pause({{"retry-after", "120"}}) == "120");
  CHECK(pause({{"retry-after", "99999999999999999999"}}) == "9223372036854775807");
  CHECK(pause({date, {"retry-after", "Sun, 06 Nov 1994 08:50:00 GMT"}}) == "23");
  CHECK(pause({date, {"retry-after", "Sun, 06 Nov 1994 08:00:00 GMT"}}) == "0");
  CHECK(pause({{"retry-after", "Sun, 06 Nov 1994 08:00:00 GMT"}}) == "0");
  CHECK(pause({{"retry-after", "soon"}}) == "(none)");
  CHECK(pause({{"retry-after", "-1"}}) == "(none)");
  CHECK(pause({}) == "(none)");
}
