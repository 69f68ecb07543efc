#include "core/workflow/sharing/export.hpp"

#include "core/workflow/secret_names.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow;
using core::export_workflow;

namespace {

/// The text without its block of comments.
std::string exported(const std::string& text) {
  const auto result = export_workflow("version: '1.0'\n" + text, "x.yaml");
  if (!result) return "error: " + result.error().message;
  const std::string head = "\n\nversion: '1.0'\n";
  return result->text.substr(result->text.find(head) + head.size());
}

}  // namespace

TEST_CASE("what an entry is called says whether it is shared") {
  for (const char* name : {"API_KEY",
                           "client_secret",
                           "X-Auth",
                           "my_token",
                           "PGPASSWORD",
                           "Passphrase",
                           "CREDENTIALS",
                           "bearer",
                           "PRIVATE",
                           "SENTRY_DSN",
                           "DATABASE_URL",
                           "url_of_database",
                           "CONN_STRING",
                           "ConnectionString"}) {
    CAPTURE(name);
    CHECK(core::is_secret_name(name));
  }
  for (const char* name : {"PATH", "URL", "DATABASE", "STRING", "CONNECTION", "LOG_LEVEL"}) {
    CAPTURE(name);
    CHECK_FALSE(core::is_secret_name(name));
  }
}

TEST_CASE("entries that are secrets go, all else stays as it was written") {
  CHECK(exported("name: x  # title\nenv:\n  # logging\n  LEVEL: info\n  API_KEY: abc # mine\n"
                 "  OTHER: 'y'\nnodes: []\n") ==
        "name: x  # title\nenv:\n  # logging\n  LEVEL: info\n  OTHER: 'y'\nnodes: []\n");
  CHECK(exported("env: {A: 1, TOKEN: abc, B: 2}\n") == "env: {A: 1, B: 2}\n");
  CHECK(exported("env: {TOKEN: abc, B: 2}\n") == "env: {B: 2}\n");
  CHECK(exported("env: {A: 1, TOKEN: \"a, b}\"}\n") == "env: {A: 1}\n");
  CHECK(exported("env: {A: 1, TOKEN: x, MY_KEY: y}\n") == "env: {A: 1}\n");
  CHECK(exported("env: {\"TOKEN\": x}\nname: y\n") == "env: {}\nname: y\n");
  CHECK(exported("env:\n  TOKEN: x\nname: y\n") == "env: {}\nname: y\n");
  CHECK(exported("env:\n  KEY: |\n    many\n\n    lines\n  A: 1\n") == "env:\n  A: 1\n");
  CHECK(exported("env:\r\n  A: 1\r\n  KEY: x\r\n") == "env:\r\n  A: 1\r\n");
}

TEST_CASE("entries of servers and of nodes at any depth go too") {
  CHECK(exported("servers:\n  - id: a\n    headers: {X-Auth: z, X-Team: blue}\n") ==
        "servers:\n  - id: a\n    headers: {X-Team: blue}\n");
  CHECK(exported("nodes:\n  - loop: 3\n    body:\n      - {run: x, env: {A_KEY: y}}\n") ==
        "nodes:\n  - loop: 3\n    body:\n      - {run: x, env: {}}\n");
}

TEST_CASE("a reference to a credential is no secret") {
  const std::string text = "env:\n  TOKEN: \"${secret('x')}\"\n  AUTH: Bearer ${ secret(\"x\") }\n";
  CHECK(exported(text) == text);
  CHECK(exported("env:\n  A: 1\n  TOKEN: \"${secret('x')}suffix\"\n") == "env:\n  A: 1\n");
  CHECK(exported("env:\n  A: 1\n  TOKEN: \"${secret('x') + 'literal'}\"\n") == "env:\n  A: 1\n");
  CHECK(exported("env:\n  A: 1\n  TOKEN: \"two words ${secret('x')}\"\n") == "env:\n  A: 1\n");
}

TEST_CASE("literal texts in auth go with it, references stay") {
  CHECK(exported("nodes:\n  - id: a\n    auth: {bearer: abc}\n    url: u\n") ==
        "nodes:\n  - id: a\n    url: u\n");
  CHECK(exported("nodes:\n  - auth:\n      basic: {user: me, password: abc}\n    url: u\n") ==
        "nodes:\n  - url: u\n");
  CHECK(exported("nodes:\n  - {id: a, auth: {bearer: abc}}\n") == "nodes:\n  - {id: a}\n");
  const std::string kept =
      "nodes:\n  - auth: {credential: shop}\n  - auth: {bearer: \"${secret('x')}\"}\n";
  CHECK(exported(kept) == kept);
}

TEST_CASE("the name of a keyring entry is left to whoever imports it") {
  CHECK(exported("servers:\n  - {id: a, credential_ref: mine, command: c}\n") ==
        "servers:\n  - {id: a, credential_ref: \"<CREDENTIAL_REF_REQUIRED>\", command: c}\n");
  CHECK(exported("servers:\n  - id: a\n    credential_ref: mine  # ours\n") ==
        "servers:\n  - id: a\n    credential_ref: \"<CREDENTIAL_REF_REQUIRED>\"  # ours\n");
}

TEST_CASE("the file says what has to be set up, and that it was made for version 1") {
  const auto result = export_workflow(
      "# mine\nname: x\nenv: {A_KEY: 1, B_KEY: 2}\nservers: [{id: s, credential_ref: y}]\n",
      "x.yaml");
  REQUIRE(result.ok());
  CHECK(result->text ==
        "# CREDENTIAL WARNING: 2 entries were removed\n# To be set up before the first run:\n"
        "#   env.A_KEY\n#   env.B_KEY\n#   1 credential_ref, marked <CREDENTIAL_REF_REQUIRED>\n\n"
        "# mine\nversion: \"1.0\"\nname: x\nenv: {}\n"
        "servers: [{id: s, credential_ref: \"<CREDENTIAL_REF_REQUIRED>\"}]\n");
  REQUIRE(result->removed.size() == 2);
  CHECK(result->removed[1].what == "env.B_KEY");
  CHECK(result->removed[1].at.line == 3);
  CHECK(result->removed[1].at.column == 17);
}

TEST_CASE("exporting an export changes nothing: what was taken out is still missing") {
  const auto once = export_workflow("name: x\nenv: {A_KEY: 1}\n", "x.yaml");
  REQUIRE(once.ok());
  CHECK(export_workflow(once->text, "x.yaml")->text == once->text);
  CHECK(export_workflow("{name: x}", "x.yaml")->text.ends_with("{version: \"1.0\", name: x}"));
}

TEST_CASE("texts that look like tokens are told and left alone") {
  const std::string text =
      "name: x\nnodes:\n  - run: echo ok\n    url: ghp_0123456789abcdefghij\n"
      "    id: Ab0Cd1Ef2Gh3Ij4Kl5Mn6Op7Qr8St9Uv\n";
  const auto result = export_workflow(text, "x.yaml");
  REQUIRE(result.ok());
  REQUIRE(result->suspicious.size() == 2);
  CHECK(result->suspicious[0].at.line == 4);
  CHECK(result->suspicious[1].at.line == 5);
  CHECK(result->text.find("ghp_0123456789abcdefghij") != std::string::npos);
}

TEST_CASE("nothing secret leaves where the YAML is too unusual to be sure") {
  for (const char* text : {"name: x\nenv: &e\n  TOKEN: hidden\n",
                           "? name\n: x\nenv:\n  ? TOKEN\n  : hidden\n",
                           "env:\n  TOKEN: &t hidden\nname: *t\n"}) {
    CAPTURE(text);
    const auto result = export_workflow(text, "x.yaml");
    if (result) CHECK(result->text.find("hidden") == std::string::npos);
    if (!result) CHECK_FALSE(result.error().message.empty());
  }
  CHECK(export_workflow("name: [", "x.yaml").error().message.starts_with("x.yaml:"));
  CHECK(export_workflow("- a", "x.yaml").error().code == core::ErrorCode::invalid_workflow);
}
