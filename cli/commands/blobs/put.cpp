// goflow blobs put: store bytes by hand.
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "core/base/descriptor.hpp"
#include "core/claimcheck/spool.hpp"
#include "storage/files/file_failure.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace goflow::cli {
namespace {

using core::Result;

constexpr std::size_t piece_size = 64UL * 1024;

constexpr Field fields[] = {
    {"key", "the name of the blob"},
    {"size_bytes", "how many bytes were put"},
    {"stored_bytes", "how many the store has of them"},
    {"codec", "none, gzip or zstd"},
};

struct PutOptions {
  std::string file;
  OutputChoice output;
};

void declare(Command& command, PutOptions& options) {
  command.summary("store a file as a blob, and print its key")
      .describe(
          "The same bytes are stored only once, whoever has them. They stay until they were not "
          "put again for the time that 'goflow config get claim_check.ttl_days' tells.")
      .example("goflow blobs put photos.tar", "the key is the name of the content")
      .example("make report | goflow blobs put -", "whatever a command writes");
  command.positional("FILE", options.file, "the file; - is stdin").completes(CompletesWith::file);
  command.json(options.output, fields);
  command.output_format(options.output);
}

Result<core::SpooledPayload> spool(const std::string& file, core::Spool spool) {
  const bool is_stdin = file == "-";
  const core::Descriptor opened(is_stdin ? -1 : open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!is_stdin && !opened.is_open()) return storage::file_failure("cannot read", file, errno);
  const int source = is_stdin ? STDIN_FILENO : opened.get();
  std::array<char, piece_size> piece;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  while (true) {
    const ssize_t count = read(source, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return storage::file_failure("cannot read", file, errno);
    if (count == 0) return spool.finish();
    GOFLOW_TRY(spool.add({piece.data(), static_cast<std::size_t>(count)}));
  }
}

Result<void> run(const PutOptions& options, Context& context) {
  GOFLOW_TRY(const std::string home, context.home());
  GOFLOW_TRY(core::ClaimCheck * claim_check, context.claim_check());
  GOFLOW_TRY(core::BlobIndex * index, context.blob_index());
  GOFLOW_TRY(auto opened, core::Spool::open(home + "/spool", claim_check->settings().compression));
  GOFLOW_TRY(const core::SpooledPayload payload, spool(options.file, std::move(opened)));
  GOFLOW_TRY(const core::Claim claim,
             claim_check->put(
                 payload, {.origin = core::BlobOrigin::manual, .encoding = core::Encoding::bytes}));
  GOFLOW_TRY(index->publish(claim.key, context.now()));
  if (options.output.is_text()) {
    context.out().line(claim.key.text());
    return {};
  }
  GOFLOW_TRY(const auto record, index->find(claim.key));
  write_records(
      context.out(),
      options.output,
      core::Object{{"key", claim.key.text()},
                   {"size_bytes", static_cast<std::int64_t>(claim.size_bytes)},
                   {"stored_bytes", static_cast<std::int64_t>(record->stored_bytes.value_or(0))},
                   {"codec", to_string(record->codec)}});
  return {};
}

}  // namespace

std::unique_ptr<Action> blobs_put() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
