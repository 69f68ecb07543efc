#include "cli/command/parser.hpp"

#include "cli/command/global_options.hpp"
#include "core/base/duration.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace goflow;
using namespace goflow::cli;
using std::chrono::milliseconds;

namespace {

enum class Status { completed, failed };

constexpr std::array<Field, 2> fields{{{"id", "its name"}, {"status", "how it is"}}};

struct Options {
  std::optional<std::string> workflow;
  std::vector<std::string> more;
  std::vector<std::string> inputs;
  std::vector<Status> statuses;
  int limit = 30;
  milliseconds timeout{60000};
  bool watch = false;
  OutputChoice output;
};

void declare(Command& command, Options& options) {
  command.positional("[WORKFLOW]", options.workflow, "which");
  command.positional("[MORE...]", options.more, "what else");
  command.option("-i, --input KEY=VALUE", options.inputs, "an input");
  command.option("--status STATUS",
                 options.statuses,
                 Choices<Status>{{"completed", Status::completed}, {"failed", Status::failed}},
                 "in this status");
  command.option("-n, --limit N", options.limit, "at most so many");
  command.option("--timeout DURATION", options.timeout, "at most so long").also("--patience");
  command.flag("--watch", options.watch, "look on").also("-w", "run");
  command.json(options.output, fields).also("--output-json");
  command.output_format(options.output);
}

/// What came of one line: the options, or the error.
struct Line {
  explicit Line(const std::vector<std::string>& words, const std::string& called_as = "exec run")
      : command("exec run", called_as), global("", "") {
    declare(command, options);
    declare(global, global_options);
    result = parse(words);
  }

  core::Result<void> parse(const std::vector<std::string>& words) {
    GOFLOW_TRY(const SortedWords sorted, sort_words(command, global, words));
    GOFLOW_TRY(check_complete(command, global, sorted));
    GOFLOW_TRY(assign(global, sorted));
    return assign(command, sorted);
  }

  [[nodiscard]] std::string message() const { return result ? "" : result.error().message; }
  [[nodiscard]] std::string hint() const { return result ? "" : result.error().hint; }

  Options options;
  GlobalOptions global_options;
  Command command;
  Command global;
  core::Result<void> result;
};

}  // namespace

TEST_CASE("words become typed values, wherever they stand") {
  const Line line(
      {"-n5", "nightly", "--timeout=1h30m", "--quiet", "--status", "failed", "--watch"});
  REQUIRE(line.message() == "");
  CHECK(line.options.workflow == "nightly");
  CHECK(line.options.limit == 5);
  CHECK(line.options.timeout == std::chrono::minutes(90));
  CHECK(line.options.statuses == std::vector<Status>{Status::failed});
  CHECK(line.options.watch);
  CHECK(line.global_options.quiet);
}

TEST_CASE("what is not given keeps its default") {
  const Line line(std::vector<std::string>{});
  CHECK(line.message() == "");
  CHECK(line.options.workflow == std::nullopt);
  CHECK(line.options.limit == 30);
  CHECK(line.options.output.is_text());
}

TEST_CASE("numbers are decimal, and nothing but numbers") {
  CHECK(Line({"--limit", "030"}).options.limit == 30);
  CHECK(Line({"--limit", "-5"}).options.limit == -5);
  CHECK(Line({"--limit", "0x1e"}).message() == "--limit: '0x1e' is not a whole number");
  CHECK(Line({"--limit", ""}).message() == "--limit: '' is not a whole number");
  CHECK(Line({"--limit", "99999999999"}).message() ==
        "--limit: '99999999999' is too large a number");
  CHECK(Line({"--timeout", "soon"}).hint() == "write " + std::string(core::duration_rule));
}

TEST_CASE("an option that repeats swallows no positional and splits no list") {
  const Line line({"--input", "[a,b]", "nightly", "-i", "k=v"});
  REQUIRE(line.message() == "");
  CHECK(line.options.inputs == std::vector<std::string>{"[a,b]", "k=v"});
  CHECK(line.options.workflow == "nightly");
}

TEST_CASE("an empty value is a value") {
  const Line line({"--input=", "nightly"});
  REQUIRE(line.message() == "");
  CHECK(line.options.inputs == std::vector<std::string>{""});
  CHECK(line.options.workflow == "nightly");
}

TEST_CASE("a dash alone is a word, and behind two dashes all are") {
  CHECK(Line({"-"}).options.workflow == "-");
  CHECK(Line({"-i", "-"}).options.inputs == std::vector<std::string>{"-"});
  const Line line({"a", "--", "--watch", "--", "-x"});
  REQUIRE(line.message() == "");
  CHECK(line.options.more == std::vector<std::string>{"--watch", "--", "-x"});
  CHECK(!line.options.watch);
}

TEST_CASE("of an option given twice the last counts") {
  CHECK(Line({"-n", "1", "--limit", "2"}).options.limit == 2);
  CHECK(Line({"--json", "--output", "yaml"}).options.output.format == OutputFormat::yaml);
  CHECK(Line({"--output", "yaml", "--json"}).options.output.format == OutputFormat::json);
}

TEST_CASE("json takes its fields behind an equals sign only") {
  const Line bare({"--json", "id"});
  CHECK(bare.options.output.format == OutputFormat::json);
  CHECK(bare.options.output.fields.empty());
  CHECK(bare.options.workflow == "id");
  const Line chosen({"--json=status,id"});
  CHECK(chosen.options.output.fields == std::vector<std::string>{"status", "id"});
  const Line wrong({"--json=id,colour"});
  CHECK(wrong.message() == "--json: there is no field 'colour'");
  CHECK(wrong.hint() == "fields: id, status");
  CHECK(Line({"--json=statu"}).hint() == "did you mean 'status'? fields: id, status");
}

TEST_CASE("other spellings work, those of an alias only there") {
  CHECK(Line({"--patience", "2s"}).options.timeout == milliseconds(2000));
  CHECK(Line({"--output-json"}).options.output.format == OutputFormat::json);
  CHECK(Line({"-w"}, "run").options.watch);
  CHECK(Line({"-w"}).message() == "'goflow exec run' has no option '-w'");
}

TEST_CASE("the first word that does not fit is named, with the nearest that would") {
  CHECK(Line({"--limt", "3"}).message() == "'goflow exec run' has no option '--limt'");
  CHECK(Line({"--limt=3"}).hint() == "did you mean '--limit'?");
  CHECK(Line({"-limit", "3"}).message() == "'goflow exec run' has no option '-limit'");
  CHECK(Line({"--frobnicate"}).hint() == "try: goflow exec run --help");
  CHECK(Line({"--status", "faild"}).message() == "--status: 'faild' is none of completed, failed");
  CHECK(Line({"--status", "faild"}).hint() == "did you mean 'failed'?");
  CHECK(Line({"--watch=no"}).message() == "--watch: takes no value");
  CHECK(Line({"nightly", "--limit"}).message() == "'--limit' needs a value");
}

TEST_CASE("a positional that is needed has to be there, and there is no room for more") {
  Command command("exec show", "exec show");
  Command global("", "");
  std::string execution;
  command.positional("EXECUTION", execution, "which");
  const auto complete = [&](const std::vector<std::string>& words) {
    const auto sorted = sort_words(command, global, words);
    const auto result = check_complete(command, global, *sorted);
    return result ? std::string() : result.error().message;
  };
  CHECK(complete({}) == "'goflow exec show' needs EXECUTION");
  CHECK(complete({"@latest"}) == "");
  CHECK(complete({"@latest", "too"}) == "'goflow exec show' has no place for 'too'");
  CHECK(complete({"@latest", "--", "--too"}) == "'goflow exec show' has no place for '--too'");
}

TEST_CASE("what may be a secret is in no error about the words") {
  Command command("cred set", "cred set");
  Command global("", "");
  std::string key;
  std::optional<std::string> file;
  command.positional("KEY", key, "its name");
  command.option("--from-file FILE", file, "where the value is");
  command.keep_words_private("do otherwise");
  const auto complete = [&](const std::vector<std::string>& words) {
    const auto sorted = sort_words(command, global, words);
    const auto result = check_complete(command, global, *sorted);
    return result ? std::string() : result.error().message + "; " + result.error().hint;
  };
  CHECK(complete({"github"}) == "");
  CHECK(complete({"github", "hunter2"}) ==
        "'goflow cred set' has no place for another word; do otherwise");
  for (const char* word : {"--hunter2", "--value=hunter2", "-hunter2"}) {
    CHECK(complete({"github", word}) == "'goflow cred set' has no such option; do otherwise");
  }
  CHECK(complete({"github", "--form-file", "hunter2"}) ==
        "'goflow cred set' has no option '--form-file'; did you mean '--from-file'?");
}
