#include "core/value/json.hpp"
#include "engine/local/running_activity.hpp"
#include "engine/loop/event_loop.hpp"
#include "engine/nodes/activity.hpp"
#include "engine/nodes/scratch.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>

#include <filesystem>
#include <optional>
#include <string>

using namespace goflow::engine;
using goflow::core::Array;
using goflow::core::Failure;
using goflow::core::Object;
using goflow::core::to_json;
using goflow::core::Value;
using goflow::test::TempDir;

namespace {

/// Runs shell nodes in a folder of their own, with logs that keep what they write.
struct Workshop {
  TempDir dir;
  EventLoop loop;
  std::optional<Scratch> scratch{std::in_place, dir.path() + "/scratch/of-this-run"};
  goflow::core::Redactor redactor;
  ActivityServices services{loop,
                            *scratch,
                            "wex-1",
                            "nightly",
                            dir.path(),
                            {"PATH=/usr/bin:/bin", "HOME=/home/ann"},
                            redactor};
  goflow::test::FixedClock clock{goflow::core::Timestamp()};
  goflow::core::LargeValues large_values{nullptr, "wex-1", redactor, clock};
  LogKeeping logs{loop, large_values, "wex-1", dir.path() + "/spool"};
  std::string out;
  std::string err;

  EffectOutcome run(Object input) {
    ActivityEffect effect;
    effect.path = "each[3]/step";
    effect.node_id = "step";
    effect.type = "shell";
    effect.attempt = 2;
    effect.input = std::move(input);
    EffectOutcome outcome;
    RunningActivity::Events events;
    events.on_output = [this](std::string_view stream, std::string_view text) {
      (stream == "stdout" ? out : err) += text;
    };
    events.on_done = [&](EffectOutcome done) {
      outcome = std::move(done);
      loop.stop();
    };
    RunningActivity activity(std::move(effect), logs, std::move(events));
    if (auto started = activity.start(services); !started) {
      outcome.status = EffectOutcome::Status::failed;
      outcome.failure = started.error();
      return outcome;
    }
    loop.run();
    return outcome;
  }

  std::string value_of(Object input) {
    const EffectOutcome outcome = run(std::move(input));
    if (outcome.failure) FAIL(outcome.failure->message);
    return to_json(outcome.value);
  }

  Failure failure_of(Object input) {
    const EffectOutcome outcome = run(std::move(input));
    REQUIRE(outcome.status == EffectOutcome::Status::failed);
    return *outcome.failure;
  }
};

Object script(std::string text) {
  return {{"script", std::move(text)}};
}

Object script(std::string text, Object more) {
  Object input = script(std::move(text));
  for (const auto& [key, value] : more) {
    input.set(key, value);
  }
  return input;
}

}  // namespace

TEST_CASE("the value of a script is what it printed, parsed as it was told") {
  struct Row {
    const char* script;
    const char* parse;
    const char* value;
  };
  const Row rows[] = {
      {"echo hello", "text", R"("hello")"},
      {"printf 'a\\n\\nb\\r\\n\\n'", "text", R"("a\n\nb")"},
      {"true", "text", R"("")"},
      {"printf 'a\\n\\nb\\r\\nc'", "lines", R"(["a","","b","c"])"},
      {"true", "lines", "[]"},
      {"echo '{\"a\": [1, 2.5]}'", "json", R"({"a":[1,2.5]})"},
      {"echo hello", "none", "null"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.script);
    CAPTURE(row.parse);
    Workshop shop;
    CHECK(shop.value_of(script(row.script, {{"parse", row.parse}})) == row.value);
  }
}

TEST_CASE("output that cannot be the value fails the node, unless nothing uses the value") {
  struct Row {
    const char* script;
    const char* parse;
    const char* message;
  };
  const Row rows[] = {
      {"true", "json", "output is empty, where JSON was expected"},
      {"echo '{\"a\":'", "json", "cannot read the output: not JSON: unexpected"},
      {"printf 'ok \\377'", "text", "output is not UTF-8 text, from byte 3 on"},
      {"head -c 70000000 /dev/zero", "text", "output of 70000000 bytes is too large for a value"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.script);
    Workshop shop;
    const Failure failure = shop.failure_of(script(row.script, {{"parse", row.parse}}));
    CHECK(failure.type == "data");
    CHECK(failure.message.find(row.message) == 0);
  }
  Workshop shop;
  CHECK(shop.value_of(script("printf '\\377'", {{"value_is_used", false}})) == "null");
  CHECK(shop.out == "\xFF");
}

TEST_CASE("both streams are heard as they come") {
  Workshop shop;
  shop.value_of(script("echo to out; echo to err >&2"));
  CHECK(shop.out == "to out\n");
  CHECK(shop.err == "to err\n");
}

TEST_CASE("a script that ends badly fails with its status and its last words") {
  Workshop shop;
  const Failure failure = shop.failure_of(script("seq 1 30 >&2; exit 3"));
  CHECK(failure.type == "execution");
  CHECK(failure.message == "exit status 3");
  CHECK(*failure.context.find("exit_code") == Value(3));
  const std::string last_words = failure.context.find("stderr")->as_text();
  CHECK(last_words.substr(0, 3) == "11\n");
  CHECK(last_words.substr(last_words.size() - 3) == "\n30");

  const Failure killed = shop.failure_of(script("printf 'bad \\377' >&2; kill -9 $$"));
  CHECK(killed.message == "killed by signal 9 (KILL)");
  CHECK(*killed.context.find("exit_code") == Value(137));
  CHECK(*killed.context.find("stderr") == Value("bad \uFFFD"));

  CHECK(shop.failure_of(script("false; echo not reached")).message == "exit status 1");
}

TEST_CASE("a command is started without a shell and sees no variables") {
  Workshop shop;
  CHECK(shop.value_of({{"command", Array{"printf", "%s|", "$HOME", "a b"}}}) == R"("$HOME|a b|")");
  CHECK(shop.value_of({{"command", Array{"sh", "-c", "echo ${name-none}"}},
                       {"variables", Object{{"name", "ann"}}}}) == R"("none")");
  const Failure failure = shop.failure_of({{"command", Array{"no-such-program"}}});
  CHECK(failure.type == "execution");
  CHECK(failure.message == "cannot start 'no-such-program': no such file or directory");
  CHECK(*failure.context.find("exit_code") == Value(127));
}

TEST_CASE("a NUL character is refused where the system would cut the text") {
  Workshop shop;
  const std::string cut("a\0b", 3);
  const auto refusal = [&](Object input) {
    const Failure failure = shop.failure_of(std::move(input));
    CHECK(failure.type == "data");
    return failure.message;
  };
  CHECK(refusal(script("pwd", {{"cwd", shop.dir.path() + std::string("\0b", 2)}})) ==
        "'cwd' holds a NUL character, which the system takes for the end of the text");
  CHECK(refusal({{"command", Array{"printf", "%s", cut}}}).starts_with("'command[2]' holds a NUL"));
  CHECK(refusal(script("pwd", {{"shell", Array{cut}}})).starts_with("'shell[0]' holds a NUL"));
  CHECK(refusal(script("pwd", {{"env", Object{{"PLACE", cut}}}}))
            .starts_with("'env.PLACE' holds a NUL"));
  CHECK(shop.value_of(script("cat", {{"stdin", cut}})) == to_json(cut));
}

TEST_CASE("what could not be started says what to look at") {
  Workshop shop;
  const auto hint = [](const Failure& failure) {
    const Value* text = failure.context.find("hint");
    return text != nullptr ? text->as_text() : "";
  };
  const Failure nameless = shop.failure_of({{"command", Array{"", "x"}}});
  CHECK(nameless.type == "data");
  CHECK(nameless.message == "'command' names no program: its first item is empty");

  const Failure unknown = shop.failure_of({{"command", Array{"no-such-program"}}});
  CHECK(hint(unknown) == "looked for it in PATH: /usr/bin:/bin");
  CHECK(hint(shop.failure_of({{"command", Array{"./no-such-program"}}})).empty());

  const Failure large = shop.failure_of({{"command", Array{"true", std::string(200'000, 'x')}}});
  CHECK(large.message ==
        "cannot start 'true': arguments and environment are too large for the system");
  CHECK(hint(large) == "hand over what is large with 'stdin'");

  const Failure astray = shop.failure_of(script("pwd", {{"cwd", "/no/such"}}));
  CHECK(astray.message == "no directory '/no/such', where 'cwd' leads");
  CHECK(*astray.context.find("exit_code") == Value(127));
}

TEST_CASE("another shell may be asked for") {
  Workshop shop;
  const Object bash{{"shell", Array{"bash", "-e", "-o", "pipefail"}}};
  CHECK(shop.value_of(script("echo ${BASH_VERSION:+bash}", bash)) == R"("bash")");
  CHECK(shop.failure_of(script("false | true", bash)).message == "exit status 1");
}

TEST_CASE("a relative directory begins where the run was started") {
  Workshop shop;
  std::filesystem::create_directory(shop.dir.path() + "/inner");
  CHECK(shop.value_of(script("pwd")) == to_json(shop.dir.path()));
  CHECK(shop.value_of(script("pwd", {{"cwd", "inner"}})) == to_json(shop.dir.path() + "/inner"));
  CHECK(shop.value_of(script("pwd", {{"cwd", "/usr"}})) == R"("/usr")");
  CHECK(shop.failure_of(script("pwd", {{"cwd", "/no/such"}}))
            .message.find("no directory '/no/such'") != std::string::npos);
}

TEST_CASE("variables reach a script in their text form") {
  Workshop shop;
  const Object variables{{"text", "a 'b' $(c)"},
                         {"count", 42},
                         {"ratio", 2.5},
                         {"yes", true},
                         {"nothing", nullptr},
                         {"list", Array{1, "two"}},
                         {"PATH", "/evil"},
                         {"LD_PRELOAD", "evil.so"},
                         {"GOFLOW_NODE", "evil"}};
  const Object input = script(
      "printf '%s|' \"$text\" $count $ratio $yes \"[$nothing]\" \"$list\" \"$PATH\" "
      "\"[$LD_PRELOAD]\" $GOFLOW_NODE",
      {{"variables", variables}});
  CHECK(shop.value_of(input) ==
        to_json("a 'b' $(c)|42|2.5|true|[]|[1,\"two\"]|/usr/bin:/bin|[]|step|"));
}

TEST_CASE("a value too large for the environment comes as a private file") {
  Workshop shop;
  const Object variables{{"big", std::string(200'000, 'x')}, {"binary", std::string("a\0b", 3)}};
  const std::string value = shop.value_of(script(
      "stat -c '%a %s' $big_FILE $binary_FILE; echo ${big-unset}", {{"variables", variables}}));
  CHECK(value == R"("400 200000\n400 3\nunset")");
}

TEST_CASE("when all values exceed a mebibyte the largest come as files") {
  Workshop shop;
  Object variables;
  for (int i = 10; i < 22; ++i) {
    variables.set("v" + std::to_string(i), std::string(100'000U + static_cast<unsigned>(i), 'x'));
  }
  // 1,200,186 bytes, of which two must go.
  CHECK(shop.value_of(script("env | grep -o '^v[0-9]*_FILE' | xargs",
                             {{"variables", variables}})) == R"("v20_FILE v21_FILE")");
}

TEST_CASE("the environment of the node wins over variables, goflow's own over all") {
  Workshop shop;
  const Object input = script(
      "echo \"$name ${HOME-unset} $GOFLOW_EXECUTION_ID $GOFLOW_WORKFLOW "
      "$GOFLOW_NODE $GOFLOW_ATTEMPT\"",
      {{"variables", Object{{"name", "variable"}}},
       {"env", Object{{"name", "node"}, {"HOME", nullptr}, {"GOFLOW_NODE", "x"}}}});
  CHECK(shop.value_of(input) == R"("node unset wex-1 nightly step 2")");
}

TEST_CASE("standard input is the value that the node was given") {
  Workshop shop;
  CHECK(shop.value_of(script("cat", {{"stdin", "plain"}})) == R"("plain")");
  CHECK(shop.value_of(script("cat", {{"stdin", Object{{"a", Array{1, 2}}}}, {"parse", "json"}})) ==
        R"({"a":[1,2]})");
  CHECK(shop.value_of(script("cat")) == R"("")");
}

TEST_CASE("what a script writes to $GOFLOW_OUTPUT is part of the value") {
  Workshop shop;
  const char* text =
      "echo done\n"
      "echo tag=v1 >> \"$GOFLOW_OUTPUT\"\n"
      "printf 'notes<<END\\none\\n\\ntwo\\nEND\\n\\ntag=v2=x\\nnone<<E\\nE\\n' >> "
      "\"$GOFLOW_OUTPUT\"\n";
  CHECK(shop.value_of(script(text)) ==
        R"({"stdout":"done","exit_code":0,)"
        R"("outputs":{"tag":"v2=x","notes":"one\n\ntwo","none":""}})");
  CHECK(shop.value_of(script("true")) == R"("")");
}

TEST_CASE("a wrong or a missing output fails the node") {
  struct Row {
    const char* script;
    const char* message;
  };
  const Row rows[] = {
      {"true", "promised output 'tag' was not written to $GOFLOW_OUTPUT"},
      {"printf 'tag=1\\nno line\\n' > $GOFLOW_OUTPUT",
       "$GOFLOW_OUTPUT, line 2: expected 'key=value' or 'key<<WORD'"},
      {"echo '1tag=1' > $GOFLOW_OUTPUT",
       "$GOFLOW_OUTPUT, line 1: expected 'key=value' or 'key<<WORD'"},
      {"printf 'tag<<END\\nmore\\n' > $GOFLOW_OUTPUT",
       "$GOFLOW_OUTPUT, line 1: no line 'END' ends 'tag'"},
      {"printf 'tag=\\377\\n' > $GOFLOW_OUTPUT", "$GOFLOW_OUTPUT is not UTF-8 text"},
      {"mkdir $GOFLOW_OUTPUT", "cannot read $GOFLOW_OUTPUT: it is no plain file"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.script);
    Workshop shop;
    const Failure failure = shop.failure_of(script(row.script, {{"outputs", Array{"tag"}}}));
    CHECK(failure.type == "data");
    CHECK(failure.message == row.message);
  }
}

TEST_CASE("scripts are private, written once, and gone with the run") {
  Workshop shop;
  const Object input = script("stat -c '%a' \"$0\"; echo \"$0\"");
  const std::string first = shop.value_of(input);
  CHECK(first.substr(0, 4) == "\"600");
  CHECK(shop.value_of(input) == first);
  struct stat folder {};
  REQUIRE(stat((shop.dir.path() + "/scratch/of-this-run").c_str(), &folder) == 0);
  CHECK((folder.st_mode & 0777U) == 0700U);
  shop.scratch.reset();
  CHECK_FALSE(std::filesystem::exists(shop.dir.path() + "/scratch/of-this-run"));
}

TEST_CASE("only shell nodes have a runner") {
  CHECK(bool{find_runner("shell") != nullptr});
  CHECK(bool{find_runner("telepathy") == nullptr});
}

TEST_CASE("what a process says of a credential is masked wherever it comes out") {
  Workshop shop;
  shop.redactor.learn("hunter2-hunter2");
  CHECK(shop.value_of(script("printf hunter2-; sleep 0.05; echo hunter2 end")) == R"("*** end")");
  CHECK(shop.out == "*** end\n");
  CHECK(shop.value_of(
            script("echo 'a=\"hunter2-hunter2\"' > $GOFLOW_OUTPUT", {{"outputs", Array{"a"}}})) ==
        R"({"stdout":"","exit_code":0,"outputs":{"a":"\"***\""}})");
  const Failure failure = shop.failure_of(script("printf 'no: hunter2-hunter2' >&2; exit 1"));
  CHECK(to_json(failure.context).find("hunter2") == std::string::npos);
  CHECK(shop.err == "no: ***");
}

TEST_CASE("what may be the beginning of a credential comes out at the end at the latest") {
  Workshop shop;
  shop.redactor.learn("hunter2-hunter2");
  CHECK(shop.value_of(script("printf hunter2-hunt")) == R"("hunter2-hunt")");
}
