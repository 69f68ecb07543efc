// goflow blobs verify: read everything, and say what is not what was stored.
#include "cli/arguments/blob_argument.hpp"
#include "cli/commands/blobs/collection.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"
#include "core/claimcheck/unpacking.hpp"

#include <map>

namespace goflow::cli {
namespace {

using core::BlobCondition;
using core::BlobKey;
using core::BlobRecord;
using core::BlobState;
using core::Error;
using core::ErrorCode;
using core::Result;

constexpr Field fields[] = {
    {"checked", "how many blobs were read"},
    {"corrupt", "keys of those that are not what was stored"},
    {"missing", "keys of those that have no object"},
    {"unreadable", "keys of those whose store did not answer"},
    {"orphaned", "keys of objects without a record"},
};

struct VerifyOptions {
  std::vector<std::string> keys;
  OutputChoice output;
};

void declare(Command& command, VerifyOptions& options) {
  command.summary("check that blobs are what was stored")
      .describe(
          "Reads every blob, or those named, and compares it with its hash. One that is damaged is "
          "marked as corrupt; it is whole again once the same bytes are stored again. Without keys "
          "it also looks for objects that have no record.")
      .example("goflow blobs verify", "all of them")
      .example("goflow blobs verify 9f2c41d7", "one, by the beginning of its key")
      .exit_code(1, "at least one is corrupt, missing, unreadable or orphaned")
      .exit_code(3, "there is no such blob");
  command.positional("[KEY...]", options.keys, "keys, or unique beginnings or endings of them")
      .completes(CompletesWith::blob);
  command.json(options.output, fields);
  command.output_format(options.output);
}

struct Finding {
  std::string key;
  std::string_view problem;
  std::string store;
};

struct Verification {
  std::int64_t checked = 0;
  std::vector<Finding> findings = {};
};

constexpr std::string_view corrupt = "corrupt";
constexpr std::string_view missing = "missing";
constexpr std::string_view unreadable = "unreadable";
constexpr std::string_view orphaned = "orphaned";

/// Those whose bytes have to be there.
Result<std::vector<BlobRecord>> find_asked(const VerifyOptions& options, core::BlobIndex& index) {
  std::vector<BlobRecord> asked;
  for (const std::string& written : options.keys) {
    GOFLOW_TRY(const BlobRecord blob, find_blob(written, &index));
    asked.push_back(blob);
  }
  if (!options.keys.empty()) return asked;
  for (const BlobState state : {BlobState::present, BlobState::corrupt}) {
    GOFLOW_TRY(const auto listed, index.list({.state = state}));
    for (const core::ListedBlob& blob : listed) {
      asked.push_back(blob.record);
    }
  }
  return asked;
}

Result<BlobCondition> look_at(const BlobRecord& blob, core::BlobStorage& blobs) {
  GOFLOW_TRY(core::ObjectStore * store, blobs.store_at(blob.store));
  core::NoSink sink;
  GOFLOW_TRY(const core::Unpacking unpacking, unpack(blob, *store, sink));
  return unpacking.condition;
}

Result<void> verify(const BlobRecord& blob,
                    core::BlobIndex& index,
                    core::BlobStorage& blobs,
                    Context& context,
                    Verification& verification) {
  const bool has_bytes = blob.state == BlobState::present || blob.state == BlobState::corrupt;
  if (!has_bytes) return {};
  ++verification.checked;
  const auto condition = look_at(blob, blobs);
  const auto report = [&](std::string_view problem) {
    verification.findings.push_back({blob.key.text(), problem, blob.store});
  };
  if (!condition) {
    context.err().line("warning: blob '" + blob.key.text() + "': " + condition.error().message);
    report(unreadable);
  } else if (*condition == BlobCondition::missing) {
    report(missing);
  } else if (*condition == BlobCondition::corrupt || blob.state == BlobState::corrupt) {
    GOFLOW_TRY(index.mark_corrupt(blob.key));
    report(corrupt);
  }
  return {};
}

Result<void> add_orphans(core::BlobIndex& index,
                         core::BlobStorage& blobs,
                         Verification& verification) {
  constexpr std::size_t page_size = 1000;
  const std::string location = blobs.location();
  GOFLOW_TRY(core::ObjectStore * store, blobs.store_at(location));
  std::vector<BlobKey> page;
  Result<void> looked_up;
  const auto look_up = [&]() -> Result<void> {
    GOFLOW_TRY(const auto unknown, index.without_record(page));
    for (const BlobKey& key : unknown) {
      verification.findings.push_back({key.text(), orphaned, location});
    }
    page.clear();
    return {};
  };
  GOFLOW_TRY(store->list_keys([&](const core::ObjectStat& object) {
    page.push_back(object.key);
    if (page.size() == page_size) looked_up = look_up();
    return looked_up.ok();
  }));
  GOFLOW_TRY(std::move(looked_up));
  return look_up();
}

Result<Verification> verify_all(const VerifyOptions& options, Context& context) {
  Verification verification;
  GOFLOW_TRY(core::BlobIndex * index, context.blob_index_if_any());
  if (index == nullptr) {
    if (!options.keys.empty()) GOFLOW_TRY(find_blob(options.keys.front(), index));
    return verification;
  }
  GOFLOW_TRY(core::BlobStorage * blobs, context.blob_storage());
  GOFLOW_TRY(const auto asked, find_asked(options, *index));
  for (const BlobRecord& blob : asked) {
    GOFLOW_TRY(verify(blob, *index, *blobs, context, verification));
  }
  if (options.keys.empty()) GOFLOW_TRY(add_orphans(*index, *blobs, verification));
  return verification;
}

core::Object document(const Verification& verification) {
  core::Object object{{"checked", verification.checked}};
  for (const std::string_view problem : {corrupt, missing, unreadable, orphaned}) {
    core::Array keys;
    for (const Finding& finding : verification.findings) {
      if (finding.problem == problem) keys.emplace_back(finding.key);
    }
    object.set(std::string(problem), std::move(keys));
  }
  return object;
}

void write_text(const Verification& verification, Context& context) {
  Table table({{"KEY"}, {"PROBLEM"}, {"STORE"}});
  for (const Finding& finding : verification.findings) {
    table.add(
        {text_cell(finding.key), mark_cell(fault_mark(finding.problem)), text_cell(finding.store)});
  }
  table.write(context.terminal());
  if (!verification.findings.empty()) return;
  const bool is_one = verification.checked == 1;
  context.tell(std::to_string(verification.checked) +
               (is_one ? " blob is what was stored" : " blobs are what was stored"));
}

Result<void> run(const VerifyOptions& options, Context& context) {
  GOFLOW_TRY(const Verification verification, verify_all(options, context));
  if (options.output.is_text()) {
    write_text(verification, context);
  } else {
    write_records(context.out(), options.output, document(verification));
  }
  if (verification.findings.empty()) return {};
  const auto count = verification.findings.size();
  return Error{
      ErrorCode::unavailable,
      std::to_string(count) + (count == 1 ? " blob is" : " blobs are") + " not as recorded"}
      .with_hint("see who refers to one: goflow blobs stat KEY");
}

}  // namespace

std::unique_ptr<Action> blobs_verify() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
