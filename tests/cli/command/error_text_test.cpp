#include "cli/command/error_text.hpp"

#include "cli/command/exit_code.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace goflow;

TEST_CASE("an error is a sentence, and a hint where there is one") {
  CHECK(cli::error_text({core::ErrorCode::internal, "it broke"}) == "error: it broke\n");
  CHECK(cli::error_text({core::ErrorCode::not_found, "no 'x'", "goflow list"}) ==
        "error: no 'x'\nhint: goflow list\n");
  CHECK(cli::error_text({core::ErrorCode::not_found, "no 'x'", "goflow list\nor make one"}) ==
        "error: no 'x'\nhint: goflow list\nhint: or make one\n");
}

TEST_CASE("for a program an error is one JSON object with all its members") {
  CHECK(cli::error_json({core::ErrorCode::not_found, "no 'x'"}) ==
        R"({"code":"not_found","message":"no 'x'","hint":null,"file":null,"line":null,)"
        "\"column\":null}\n");
  const core::Diagnostic fault{
      .code = "unknown_key", .message = "what is 'nam'?", .hint = "name", .at = {3, 7}};
  CHECK(cli::error_json(fault, "a.yaml") ==
        R"({"code":"unknown_key","message":"what is 'nam'?","hint":"name","file":"a.yaml",)"
        "\"line\":3,\"column\":7}\n");
}

TEST_CASE("every error code leads to an exit code that is explained") {
  for (int i = 0; i <= static_cast<int>(core::ErrorCode::cancelled); ++i) {
    const int code = cli::exit_code_of(static_cast<core::ErrorCode>(i));
    const auto meanings = cli::exit_code_meanings();
    CHECK(code != 0);
    CHECK(std::any_of(
        meanings.begin(), meanings.end(), [&](const auto& known) { return known.code == code; }));
  }
  CHECK(cli::exit_code_of(core::ErrorCode::execution_failed) == 10);
  CHECK(cli::exit_code_of(core::ErrorCode::cancelled) == 130);
}
