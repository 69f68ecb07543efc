#include "core/workflow/named_templates.hpp"
#include "core/workflow/nodes/node_reading.hpp"
#include "core/workflow/words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::array<std::pair<std::string_view, HttpParse>, 3> parses{{
    {"json", HttpParse::json},
    {"text", HttpParse::text},
    {"bytes", HttpParse::bytes},
}};

constexpr std::int64_t least_status = 100;
constexpr std::int64_t most_status = 599;

const Keys& basic_keys() {
  static const Keys keys{
      {"user", forms::text(), "the name", {}, true},
      {"password", forms::text(), "write it as a secret() placeholder", {}, true},
  };
  return keys;
}

const Keys& auth_keys() {
  static const Keys keys{
      {"bearer", forms::text(), "a token; write it as a secret() placeholder"},
      {"basic", forms::object(basic_keys), "user and password"},
      {"credential", forms::text(), "a keyring entry: a token, or user and password"},
  };
  return keys;
}

Form status_form() {
  return forms::either({forms::whole(least_status, most_status),
                        forms::one_of({"1xx", "2xx", "3xx", "4xx", "5xx"})});
}

void read_url(NodeReading& reading, HttpNode& node) {
  const YamlNode* url = reading.filled("url");
  if (url == nullptr) return;
  if (!url->is_scalar()) return reading.fields.report_type(*url, "url", "text");
  if (!may_be_web_address(url->text)) {
    reading.fields.problems().add(
        Rule::unknown_word,
        url->at,
        "'url' of " + reading.fields.owner() + " must begin with http:// or https://");
  }
  if (auto text = reading.compiler.text(*url, reading.place("url"))) node.url = *std::move(text);
}

void read_method(NodeReading& reading, HttpNode& node) {
  auto method = reading.fields.text("method");
  if (!method) return;
  const bool is_word = !method->empty() && std::all_of(method->begin(), method->end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
  if (!is_word) {
    reading.fields.problems().add(Rule::unknown_word,
                                  reading.fields.find("method")->at,
                                  "bad method '" + *method + "' of " + reading.fields.owner(),
                                  "methods are words: GET, HEAD, POST, PUT, PATCH, DELETE");
  }
  std::transform(method->begin(), method->end(), method->begin(), [](char character) {
    return character >= 'a' && character <= 'z' ? static_cast<char>(character - 'a' + 'A')
                                                : character;
  });
  node.method = std::move(method);
}

/// What goes into a line of names and values: a map has no place there.
void check_flat(NodeReading& reading, std::string_view key) {
  const YamlNode* map = reading.fields.find(key);
  if (map == nullptr) return;
  for (const YamlMember& member : map->members) {
    if (member.value->is_map()) {
      reading.fields.report_type(*member.value, key, "a map of texts and lists");
    }
  }
}

void read_content(NodeReading& reading, HttpNode& node) {
  static_cast<void>(reading.exclusive({"body", "form", "file"}));
  if (const YamlNode* body = reading.fields.find("body")) {
    node.body = reading.compiler.value(*body, reading.place("body"));
  }
  node.form = read_named_values(reading.fields, "form", reading.compiler, reading.place("form"));
  check_flat(reading, "form");
  node.file = reading.text("file");
}

std::optional<Placed<TextTemplate>> read_required_text(NodeReading& reading,
                                                       Fields& fields,
                                                       std::string_view key) {
  const YamlNode* value = fields.find(key);
  if (value == nullptr) {
    fields.problems().add(
        Rule::missing_key, fields.map().at, fields.owner() + " lacks '" + std::string(key) + "'");
    return std::nullopt;
  }
  if (value->is_scalar()) return reading.compiler.text(*value, reading.place("auth"));
  fields.report_type(*value, key, "text");
  return std::nullopt;
}

std::optional<HttpAuth> read_basic(NodeReading& reading, Fields& auth) {
  const YamlNode& map = *auth.find("basic");
  if (!map.is_map()) {
    auth.report_type(map, "basic", "a map with 'user' and 'password'");
    return std::nullopt;
  }
  Fields fields(map, basic_keys(), "the basic " + auth.owner().substr(4), auth.problems());
  auto user = read_required_text(reading, fields, "user");
  auto password = read_required_text(reading, fields, "password");
  if (password) {
    warn_of_written_secret(*fields.find("password"), "'password' of " + fields.owner(), fields);
  }
  fields.warn_about_unknown_keys();
  if (!user || !password) return std::nullopt;
  return BasicAuth{*std::move(user), *std::move(password)};
}

std::optional<HttpAuth> read_auth(NodeReading& reading) {
  const YamlNode* map = reading.fields.find("auth");
  if (map == nullptr) return std::nullopt;
  if (!map->is_map()) {
    reading.fields.report_type(*map, "auth", "a map with 'bearer', 'basic' or 'credential'");
    return std::nullopt;
  }
  Fields auth(
      *map, auth_keys(), "the auth of " + reading.fields.owner(), reading.fields.problems());
  auth.warn_about_unknown_keys();
  const auto ways = exclusive_keys(auth, {"bearer", "basic", "credential"});
  if (ways.empty()) {
    auth.problems().add(
        Rule::missing_key, map->at, auth.owner() + " lacks 'bearer', 'basic' or 'credential'");
  }
  if (ways.size() != 1) return std::nullopt;
  if (ways[0] == "basic") return read_basic(reading, auth);
  if (ways[0] == "bearer") {
    auto token = read_required_text(reading, auth, "bearer");
    if (token) warn_of_written_secret(*auth.find("bearer"), "'bearer' of " + auth.owner(), auth);
    return token ? std::optional<HttpAuth>(BearerAuth{*std::move(token)}) : std::nullopt;
  }
  const auto name = auth.text("credential");
  if (!name) return std::nullopt;
  reading.credentials.push_back({*name, Mark(auth.find("credential")->at)});
  return CredentialAuth{*name};
}

std::optional<StatusRange> status_range(const YamlNode& value) {
  if (!value.is_scalar()) return std::nullopt;
  if (value.scalar.is_integer() && value.scalar.as_integer() >= least_status &&
      value.scalar.as_integer() <= most_status) {
    const auto status = static_cast<int>(value.scalar.as_integer());
    return StatusRange{status, status};
  }
  const std::string_view text = value.text;
  const bool is_class =
      text.size() == 3 && text[0] >= '1' && text[0] <= '5' && text[1] == 'x' && text[2] == 'x';
  if (!is_class) return std::nullopt;
  const int first = (text[0] - '0') * 100;
  return StatusRange{first, first + 99};
}

void read_expected_status(NodeReading& reading, const YamlNode& value, HttpNode& node) {
  if (const auto range = status_range(value)) {
    node.expect.push_back(*range);
    return;
  }
  reading.fields.problems().add(Rule::unknown_word,
                                value.at,
                                "bad expect of " + reading.fields.owner() + ": " + describe(value),
                                "write a status, a class such as 2xx, or a list of both");
}

void read_expect(NodeReading& reading, HttpNode& node) {
  const YamlNode* value = reading.fields.find("expect");
  if (value == nullptr) return;
  node.expect.clear();
  if (!value->is_list() || value->items.empty()) read_expected_status(reading, *value, node);
  for (const YamlNode* item : value->items) {
    read_expected_status(reading, *item, node);
  }
}

}  // namespace

const Keys& http_keys() {
  static const Keys keys{
      {"url", forms::text(), "an http or https address; a template", {}, true},
      {"method", forms::text_like("^[A-Za-z-]+$"), "GET, or POST with a body"},
      {"headers", named_texts_form(), "what is sent before the body; null leaves one out"},
      {"query", named_values_form(), "what is put behind the address; lists repeat the key"},
      {"form", named_values_form(), "the fields of a form; not with body or file"},
      {"body", forms::anything(), "text as it is, any other value as JSON"},
      {"file", forms::text(), "path of a file to send"},
      {"auth", forms::object(auth_keys), "one of bearer, basic and credential"},
      {"follow_redirects", forms::boolean(), "at most 10; true"},
      {"expect", forms::some(status_form()), "statuses that are no failure; 2xx"},
      {"parse", forms::word(parses), "what becomes of the body; told by its content type"},
  };
  return keys;
}

std::optional<NodeWork> read_http(NodeReading& reading) {
  HttpNode node;
  read_url(reading, node);
  read_method(reading, node);
  node.headers = read_headers(reading.fields, reading.compiler, reading.place("headers"));
  node.query = read_named_values(reading.fields, "query", reading.compiler, reading.place("query"));
  check_flat(reading, "query");
  read_content(reading, node);
  node.auth = read_auth(reading);
  node.follow_redirects = reading.fields.boolean("follow_redirects").value_or(true);
  read_expect(reading, node);
  node.parse = reading.fields.word("parse", Words<HttpParse>(parses));
  return node;
}

}  // namespace goflow::core
