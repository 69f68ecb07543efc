// goflow blobs stat: what is known of one blob, and who refers to it.
#include "cli/arguments/blob_argument.hpp"
#include "cli/commands/blobs/blob_fields.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"
#include "cli/io/times.hpp"

namespace goflow::cli {
namespace {

using core::BlobRecord;
using core::BlobReference;
using core::Result;

constexpr Field fields[] = {
    {"key", "the name of its object in the store"},
    {"size_bytes", "of the value"},
    {"stored_bytes", "as it lies in the store; null: it is being written"},
    {"codec", "none, gzip or zstd"},
    {"state", "writing, present, deleting, expired or corrupt"},
    {"origin", "run, or manual: put by hand"},
    {"store", "where it lies"},
    {"sha256", "of the value"},
    {"stored_at", "when it was first put"},
    {"touched_at", "when it was last put"},
    {"expired_at", "when it expired, or null"},
    {"references", "execution, owner_kind, owner_id, slot and encoding of each place"},
};

struct StatOptions {
  std::string key;
  OutputChoice output;
};

void declare(Command& command, StatOptions& options) {
  command.summary("show what is known of a blob")
      .describe("Its record, and each place in the history that refers to it. Nothing is fetched.")
      .example("goflow blobs stat 9f2c41d7", "by the beginning of its key")
      .example("goflow blobs stat 9f2c41d7 --json=references", "who refers to it, for a program")
      .exit_code(3, "there is no such blob");
  command.positional("KEY", options.key, blob_argument_help).completes(CompletesWith::blob);
  command.json(options.output, fields);
  command.output_format(options.output);
}

std::string size_text(std::uint64_t bytes) {
  return format_size(static_cast<std::int64_t>(bytes));
}

std::string stored_text(const BlobRecord& blob) {
  if (!blob.stored_bytes) return "-";
  return size_text(*blob.stored_bytes) + ", " + std::string(to_string(blob.codec));
}

void write_record(const BlobRecord& blob, Context& context) {
  Table table({{""}, {""}});
  const auto line = [&](std::string_view name, const std::string& value) {
    table.add({text_cell(name, Tone::dim), text_cell(value)});
  };
  line("key", blob.key.text());
  line("state", std::string(to_string(blob.state)));
  line("size", size_text(blob.size_bytes));
  line("stored", stored_text(blob));
  line("store", blob.store);
  line("sha256", blob.sha256);
  line("origin", std::string(to_string(blob.origin)));
  line("stored at", core::format_rfc3339_seconds(blob.stored_at));
  line("touched at", core::format_rfc3339_seconds(blob.touched_at));
  if (blob.expired_at) line("expired at", core::format_rfc3339_seconds(*blob.expired_at));
  table.write(context.terminal(), TableForm::bare);
}

void write_references(const std::vector<BlobReference>& references, Context& context) {
  if (references.empty()) {
    context.tell("nothing refers to it");
    return;
  }
  context.out().line("");
  Table table({{"EXECUTION"}, {"OF"}, {"ID"}, {"SLOT"}});
  for (const BlobReference& reference : references) {
    table.add({text_cell(reference.execution_id),
               text_cell(reference.slot.owner_kind),
               text_cell(reference.slot.owner_id),
               text_cell(reference.slot.name)});
  }
  table.write(context.terminal());
}

Result<void> run(const StatOptions& options, Context& context) {
  GOFLOW_TRY(core::BlobIndex * index, context.blob_index_if_any());
  GOFLOW_TRY(const BlobRecord blob, find_blob(options.key, index));
  GOFLOW_TRY(const auto references, index->references(blob.key));
  if (options.output.is_text()) {
    write_record(blob, context);
    write_references(references, context);
    return {};
  }
  core::Array places;
  for (const BlobReference& reference : references) {
    places.emplace_back(reference_document(reference));
  }
  core::Object record = blob_document(blob);
  record.set("references", std::move(places));
  write_records(context.out(), options.output, std::move(record));
  return {};
}

}  // namespace

std::unique_ptr<Action> blobs_stat() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
