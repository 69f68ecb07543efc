// goflow blobs list: which large values are kept outside the history.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/blobs/blob_fields.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"

namespace goflow::cli {
namespace {

using core::BlobState;
using core::Error;
using core::ErrorCode;
using core::ListedBlob;
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
    {"references", "how many places in records refer to it"},
};

const Choices<BlobState>& states() {
  static const Choices<BlobState> choices{{"writing", BlobState::writing},
                                          {"present", BlobState::present},
                                          {"deleting", BlobState::deleting},
                                          {"expired", BlobState::expired},
                                          {"corrupt", BlobState::corrupt}};
  return choices;
}

struct ListOptions {
  std::optional<BlobState> state;
  std::optional<std::string> execution;
  bool unreferenced = false;
  int limit = 50;
  bool all = false;
  bool no_header = false;
  OutputChoice output;
};

void declare(Command& command, ListOptions& options) {
  command.summary("list blobs, newest first")
      .describe(
          "Values too large for the history are kept as blobs in a store of their own, once for "
          "all executions that have the same value.")
      .example("goflow blobs list", "the newest ones, and how many places refer to them")
      .example("goflow blobs list --execution @latest", "those of the last run")
      .example("goflow blobs list --unreferenced --all --json=key", "those that will go");
  command.option("--state STATE", options.state, states(), "only those in this state");
  command.option("--execution ID", options.execution, "only those that this execution refers to")
      .completes(CompletesWith::execution_id);
  command.flag("--unreferenced", options.unreferenced, "only those that nothing refers to");
  command.option("-n, --limit N", options.limit, "at most so many rows");
  command.flag("--all", options.all, "every one");
  command.flag("--no-header", options.no_header, "bare rows, as in a pipe");
  command.json(options.output, fields);
  command.output_format(options.output);
}

Result<std::vector<ListedBlob>> find_blobs(const ListOptions& options, Context& context) {
  if (options.limit < 1) {
    return Error{ErrorCode::invalid_argument,
                 "--limit must be at least 1, got " + std::to_string(options.limit)};
  }
  core::BlobFilter filter{.state = options.state,
                          .only_unreferenced = options.unreferenced,
                          .limit = options.all ? 0 : options.limit};
  if (options.execution) {
    GOFLOW_TRY(core::ExecutionStore * history, context.executions());
    GOFLOW_TRY(const core::Execution execution, find_execution(*options.execution, *history));
    filter.execution_id = execution.id;
  }
  GOFLOW_TRY(core::BlobIndex * index, context.blob_index_if_any());
  if (index == nullptr) return std::vector<ListedBlob>();
  return index->list(filter);
}

Cell state_cell(BlobState state) {
  switch (state) {
    case BlobState::present:
      return mark_cell(ok_mark(to_string(state)));
    case BlobState::corrupt:
      return mark_cell(fault_mark(to_string(state)));
    case BlobState::writing:
    case BlobState::deleting:
    case BlobState::expired:
      break;
  }
  return mark_cell(neutral_mark(to_string(state)));
}

void write_table(const std::vector<ListedBlob>& blobs,
                 const ListOptions& options,
                 Context& context) {
  Table table({{"KEY"},
               {"SIZE", Align::right},
               {"STORED", Align::right},
               {"CODEC"},
               {"STATE"},
               {"REFS", Align::right},
               {"AGE"}});
  for (const ListedBlob& blob : blobs) {
    const auto& stored = blob.record.stored_bytes;
    table.add({text_cell(blob.record.key.text()),
               size_cell(static_cast<std::int64_t>(blob.record.size_bytes)),
               stored ? size_cell(static_cast<std::int64_t>(*stored)) : blank_cell(),
               text_cell(to_string(blob.record.codec)),
               state_cell(blob.record.state),
               number_cell(blob.references),
               time_cell(blob.record.stored_at, context.now())});
  }
  table.write(context.terminal(), options.no_header ? TableForm::bare : TableForm::automatic);
}

Result<void> run(const ListOptions& options, Context& context) {
  GOFLOW_TRY(const std::vector<ListedBlob> blobs, find_blobs(options, context));
  if (options.output.is_text()) {
    if (blobs.empty()) context.tell("no blobs like that");
    write_table(blobs, options, context);
    if (!options.all && std::ssize(blobs) == options.limit) {
      context.tell("the newest " + std::to_string(blobs.size()) + "; more: -n N, or --all");
    }
    return {};
  }
  core::Array records;
  for (const ListedBlob& blob : blobs) {
    core::Object record = blob_document(blob.record);
    record.set("references", blob.references);
    records.emplace_back(std::move(record));
  }
  write_records(context.out(), options.output, records);
  return {};
}

}  // namespace

std::unique_ptr<Action> blobs_list() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
