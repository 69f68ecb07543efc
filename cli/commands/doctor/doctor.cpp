// goflow doctor: is this machine ready?
#include "cli/commands/commands.hpp"
#include "cli/commands/doctor/check.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"

#include <fmt/format.h>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr Field fields[] = {
    {"check", "what was looked at"},
    {"status", "ok, warning or fault"},
    {"message", "what was found"},
    {"hint", "how to mend it, or null"},
};

struct DoctorOptions {
  OutputChoice output;
};

void declare(Command& command, DoctorOptions& options) {
  command.summary("check that this machine is ready for goflow")
      .describe(
          "Looks at the home directory, the settings, the saved workflows, the history, runs that "
          "were cut off or wait for a worker, the store of large values, the keyring, the "
          "credentials, the servers of "
          "workflows, the programs that goflow calls and the libraries that it loads, and says how "
          "to mend what is wrong. Contacts no server, asks for no password and changes nothing.")
      .example("goflow doctor", "what is fine and what is not")
      .exit_code(0, "all is well, or there are only warnings")
      .exit_code(1, "there is a fault");
  command.json(options.output, fields);
}

struct Row {
  std::string_view check;
  Finding finding;
};

Mark mark_of(Health health) {
  switch (health) {
    case Health::ok:
      return ok_mark("ok");
    case Health::warning:
      return warning_mark("warning");
    case Health::fault:
      return fault_mark("fault");
  }
  return fault_mark("fault");
}

/// Whole sentences: unlike the rows of a table they are not cut at the edge of the screen.
void write_text(const std::vector<Row>& rows, Context& context) {
  constexpr std::size_t name_width = 9;
  Output& out = context.out();
  for (const Row& row : rows) {
    const Mark mark = mark_of(row.finding.health);
    std::string name(row.check);
    if (!out.is_terminal()) {
      out.line(std::string(mark.word) + "\t" + name + "\t" + row.finding.what);
      continue;
    }
    name.resize(name_width, ' ');
    const bool is_ok = row.finding.health == Health::ok;
    const std::string word = is_ok ? "" : std::string(mark.word) + ": ";
    const std::string symbol = out.style().paint(mark.tone, out.style().symbol(mark));
    out.line(fmt::format("{} {}  {}{}", symbol, name, word, row.finding.what));
  }
  for (const Row& row : rows) {
    if (!row.finding.hint.empty()) context.err().line("hint: " + row.finding.hint);
  }
}

core::Array records_of(const std::vector<Row>& rows) {
  core::Array records;
  for (const auto& [check, finding] : rows) {
    records.emplace_back(
        core::Object{{"check", check},
                     {"status", to_string(finding.health)},
                     {"message", finding.what},
                     {"hint", finding.hint.empty() ? core::Value() : core::Value(finding.hint)}});
  }
  return records;
}

Result<void> run(const DoctorOptions& options, Context& context) {
  std::vector<Row> rows;
  bool has_fault = false;
  for (const Check& check : checks()) {
    rows.push_back({check.name, check.look(context)});
    has_fault = has_fault || rows.back().finding.health == Health::fault;
  }
  if (options.output.is_text()) {
    write_text(rows, context);
  } else {
    write_records(context.out(), options.output, records_of(rows));
  }
  // The rows said it all.
  if (has_fault) return Error{ErrorCode::unavailable, ""};
  return {};
}

}  // namespace

std::unique_ptr<Action> doctor() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
