// goflow blobs rm: remove blobs, whatever their age.
#include "cli/arguments/blob_argument.hpp"
#include "cli/commands/blobs/collection.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/prompt.hpp"
#include "cli/io/records.hpp"

namespace goflow::cli {
namespace {

using core::BlobRecord;
using core::Error;
using core::ErrorCode;
using core::RemovedBlob;
using core::Result;

constexpr Field fields[] = {
    {"key", "the key of the blob"},
    {"removed", "false with --dry-run"},
    {"expired", "true: something refers to it, so its record stays"},
};

struct RmOptions {
  std::vector<std::string> keys;
  bool force = false;
  bool dry_run = false;
  bool yes = false;
  OutputChoice output;
};

void declare(Command& command, RmOptions& options) {
  command.summary("remove blobs")
      .describe(
          "One that something refers to is removed only with --force. Its record then says that it "
          "expired, and a node that needs the value fails. With --force a blob is also forgotten "
          "when its store cannot be reached. One that is not there is no error.")
      .example("goflow blobs rm 9f2c41d7", "asks first")
      .example("goflow blobs rm --force --yes 9f2c41d7", "though an execution refers to it")
      .exit_code(6, "something refers to one of them; nothing was removed");
  command.positional("KEY...", options.keys, "keys, or unique beginnings or endings of them")
      .completes(CompletesWith::blob);
  command.flag("--force", options.force, "also what executions refer to, or whose store is gone");
  command.flag("--dry-run", options.dry_run, "only say what would be removed");
  command.flag("-y, --yes", options.yes, "do not ask");
  command.json(options.output, fields);
}

Error is_referred_to(const BlobRecord& blob, const core::BlobReference& by) {
  return Error{ErrorCode::failed_precondition,
               "execution '" + by.execution_id + "' refers to blob '" + blob.key.text() + "'"}
      .with_hint("to remove it nevertheless, add --force");
}

struct DoomedBlob {
  BlobRecord record;
  bool is_referenced = false;
};

/// An Error: one of them may not be removed.
Result<std::vector<DoomedBlob>> find_doomed(const RmOptions& options, Context& context) {
  GOFLOW_TRY(core::BlobIndex * index, context.blob_index_if_any());
  std::vector<DoomedBlob> doomed;
  for (const std::string& written : options.keys) {
    GOFLOW_TRY(const auto blob, find_blob_if_any(written, index));
    if (!blob) {
      context.tell("no blob '" + written + "'");
      continue;
    }
    GOFLOW_TRY(const auto references, index->references(blob->key));
    if (!references.empty() && !options.force) return is_referred_to(*blob, references.front());
    doomed.push_back({*blob, !references.empty()});
  }
  return doomed;
}

Result<void> check_agreed(const std::vector<DoomedBlob>& doomed,
                          const RmOptions& options,
                          Context& context) {
  if (doomed.empty()) return {};
  const std::string blobs = doomed.size() == 1 ? "blob '" + doomed.front().record.key.text() + "'"
                                               : std::to_string(doomed.size()) + " blobs";
  GOFLOW_TRY(const bool is_sure,
             confirm(context.terminal(), "remove " + blobs + "?", context.consent(options.yes)));
  if (!is_sure) return Error{ErrorCode::cancelled, "nothing was removed"};
  return {};
}

/// Whether its record stays.
Result<bool> remove_one(const BlobRecord& blob, const RmOptions& options, Context& context) {
  GOFLOW_TRY(auto collection, blob_collection(context));
  auto removed = collection.remove(blob.key, options.force);
  if (!removed && options.force) {
    context.err().line("warning: the bytes of blob '" + blob.key.text() +
                       "' stay where they are: " + removed.error().message);
    removed = collection.forget(blob.key);
  }
  if (!removed) return std::move(removed).error();
  if (*removed == RemovedBlob::refused) {
    return Error{ErrorCode::failed_precondition,
                 "something refers to blob '" + blob.key.text() + "' since this moment"}
        .with_hint("see what: goflow blobs stat " + blob.key.text());
  }
  return *removed == RemovedBlob::expired;
}

Result<void> run(const RmOptions& options, Context& context) {
  GOFLOW_TRY(const auto doomed, find_doomed(options, context));
  if (!options.dry_run) GOFLOW_TRY(check_agreed(doomed, options, context));
  core::Array records;
  for (const DoomedBlob& blob : doomed) {
    bool has_expired = blob.is_referenced;
    if (!options.dry_run) {
      GOFLOW_TRY(has_expired, remove_one(blob.record, options, context));
    }
    const std::string& key = blob.record.key.text();
    records.emplace_back(
        core::Object{{"key", key}, {"removed", !options.dry_run}, {"expired", has_expired}});
    if (!options.output.is_text()) continue;
    context.tell((options.dry_run ? "would remove '" : "removed '") + key + "'");
  }
  if (!options.output.is_text()) write_records(context.out(), options.output, records);
  return {};
}

}  // namespace

std::unique_ptr<Action> blobs_rm() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
