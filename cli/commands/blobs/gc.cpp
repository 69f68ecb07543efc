// goflow blobs gc: free the space of large values that nobody needs any more.
#include "cli/commands/blobs/collection.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/prompt.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"
#include "cli/io/times.hpp"
#include "core/base/duration.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::GcOptions;
using core::GcReason;
using core::GcReport;
using core::GcRules;
using core::Result;

constexpr Field fields[] = {
    {"dry_run", "true: nothing was removed"},
    {"examined", "how many blobs were looked at"},
    {"deleted", "removed with their records"},
    {"expired", "removed; their records stay while something refers to them"},
    {"in_use", "blobs that stay"},
    {"orphans_removed", "objects without a record"},
    {"temp_files_removed", "files left behind by what was cut off"},
    {"bytes_freed", "in the stores"},
    {"errors", "what could not be removed"},
    {"duration_ms", "how long it took"},
    {"left", "blobs that could go, but are still there; absent if none"},
    {"orphans_left", "objects without a record where others may own them; absent if none"},
};

struct GcArguments {
  std::optional<std::string> ttl;
  bool unreferenced_only = false;
  bool dry_run = false;
  bool yes = false;
  OutputChoice output;
};

void declare(Command& command, GcArguments& options) {
  command.summary("remove blobs that nobody needs any more")
      .describe(
          "Removes what nothing refers to, and the values of executions that ended longer ago than "
          "claim_check.ttl_days says. What a run that may still go on refers to always stays, and "
          "so do the records of all executions. It may run beside workflows, and be cut off: the "
          "next one goes on from there.")
      .example("goflow blobs gc --dry-run", "see what would go")
      .example("goflow blobs gc --yes", "for scripts")
      .example("goflow blobs gc --ttl 7d --yes", "also values of runs that ended a week ago");
  command.option(
      "--ttl D", options.ttl, "keep values of ended executions this long: 30d, 0s, never");
  command.flag("--unreferenced-only", options.unreferenced_only, "only what nothing refers to");
  command.flag("--dry-run", options.dry_run, "only show what would go");
  command.flag("-y, --yes", options.yes, "do not ask");
  command.json(options.output, fields);
}

Result<GcRules> read_rules(const GcArguments& options, Context& context) {
  GOFLOW_TRY(GcRules rules, blob_rules(context));
  rules.only_unreferenced = options.unreferenced_only;
  if (!options.ttl) return rules;
  rules.ttl = core::parse_duration(*options.ttl);
  if (rules.ttl || *options.ttl == "never") return rules;
  return Error{ErrorCode::invalid_argument, "--ttl: '" + *options.ttl + "' is not a duration"}
      .with_hint("write never, or " + std::string(core::duration_rule));
}

std::string counted(std::int64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string why(GcReason reason, const GcRules& rules) {
  const std::string ttl = rules.ttl ? core::spell_duration(*rules.ttl) : "";
  switch (reason) {
    case GcReason::run_ended:
      return "execution ended more than " + ttl + " ago";
    case GcReason::unreferenced:
      return "execution was deleted";
    case GcReason::put_by_hand:
      return "put by hand more than " + ttl + " ago";
    case GcReason::unfinished:
      return "unfinished write";
    case GcReason::half_deleted:
      return "deletion was cut off";
    case GcReason::record_alone:
      return "expired, and nothing refers to it";
    case GcReason::no_record:
      return "object without a record";
  }
  return "";
}

std::int64_t removed(const GcReport& report) {
  return report.deleted + report.expired + report.orphans_removed;
}

void write_text(const GcReport& report, const GcRules& rules, Context& context) {
  Table table({{"WHY"}, {"BLOBS", Align::right}, {"SIZE", Align::right}});
  for (const auto& [reason, tally] : report.reasons) {
    table.add({text_cell(why(reason, rules)), number_cell(tally.blobs), size_cell(tally.bytes)});
  }
  table.write(context.terminal());
  const std::string stay = std::to_string(report.in_use) + " of " +
                           std::to_string(report.examined()) + " are in use and stay";
  context.tell((report.dry_run ? "would free " : "freed ") + format_size(report.bytes_freed) +
               " in " + counted(removed(report), "blob") + "; " + stay);
  if (report.temp_files_removed > 0) {
    context.tell("removed " + counted(report.temp_files_removed, "temporary file"));
  }
  if (report.orphans_left > 0) {
    context.tell(counted(report.orphans_left, "object") +
                 " without a record may be of others, as the bucket has no prefix");
  }
}

/// What would go is looked up first: one is asked only if there is something.
Result<void> check_agreed(core::GarbageCollection& collection,
                          const GcArguments& options,
                          GcOptions gc,
                          Context& context) {
  const Consent consent = context.consent(options.yes);
  if (consent == Consent::given) return {};
  gc.dry_run = true;
  GOFLOW_TRY(const GcReport would, collection.run(gc));
  if (removed(would) == 0) return {};
  const std::string question =
      "delete " + counted(removed(would), "blob") + ", " + format_size(would.bytes_freed) + "?";
  GOFLOW_TRY(const bool is_sure, confirm(context.terminal(), question, consent));
  if (!is_sure) return Error{ErrorCode::cancelled, "nothing was deleted"};
  return {};
}

Result<void> check_complete(const GcReport& report, Context& context) {
  if (report.failures.empty()) return {};
  for (const std::string& failure : report.failures) {
    context.err().line("warning: " + failure);
  }
  return Error{ErrorCode::unavailable, "not all that may go could be removed"}.with_hint(
      "once the store can be reached: goflow blobs gc");
}

Result<GcReport> collect(const GcArguments& options, const GcRules& rules, Context& context) {
  GOFLOW_TRY(const core::BlobIndex* index, context.blob_index_if_any());
  if (index == nullptr) return GcReport{.dry_run = options.dry_run};
  GOFLOW_TRY(auto collection, blob_collection(context));
  const GcOptions gc{.rules = rules, .dry_run = options.dry_run};
  if (!options.dry_run) GOFLOW_TRY(check_agreed(collection, options, gc, context));
  return collection.run(gc);
}

Result<void> run(const GcArguments& options, Context& context) {
  GOFLOW_TRY(const GcRules rules, read_rules(options, context));
  GOFLOW_TRY(const GcReport report, collect(options, rules, context));
  if (options.output.is_text()) {
    write_text(report, rules, context);
  } else {
    write_records(context.out(), options.output, to_document(report));
  }
  return check_complete(report, context);
}

}  // namespace

std::unique_ptr<Action> blobs_gc() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
