// goflow blobs get: what a blob holds, checked before anybody sees it.
#include "cli/arguments/blob_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "core/base/temporary_file.hpp"
#include "core/claimcheck/spool.hpp"
#include "core/claimcheck/unpacking.hpp"
#include "storage/files/file_failure.hpp"

#include <array>
#include <cerrno>
#include <functional>

namespace goflow::cli {
namespace {

using core::BlobRecord;
using core::Result;

constexpr std::size_t piece_size = 64UL * 1024;
constexpr const char* to_stdout = "-";

struct GetOptions {
  std::string key;
  std::string output = to_stdout;
  bool raw = false;
};

void declare(Command& command, GetOptions& options) {
  command.summary("write out what a blob holds")
      .describe(
          "It is read to its end and compared with its hash first, so nothing appears of a blob "
          "that is damaged.")
      .example("goflow blobs get 9f2c41d7 | less", "by the beginning of its key")
      .example("goflow blobs get 9f2c41d7 --raw -o photos.gz", "as it lies in the store")
      .exit_code(3, "there is no such blob, or it has expired");
  command.positional("KEY", options.key, blob_argument_help).completes(CompletesWith::blob);
  command.option("--output FILE", options.output, "write to FILE instead of stdout")
      .also("-o")
      .completes(CompletesWith::file);
  command.flag("--raw", options.raw, "the bytes as they are stored, unchecked");
}

/// Fills a file that only its owner can read.
using Fill = std::function<Result<void>(int descriptor)>;

Fill payload_of(const BlobRecord& blob, core::ClaimCheck& claim_check) {
  return [&](int descriptor) {
    core::FileSink sink(descriptor);
    return claim_check.get(blob.key, sink);
  };
}

Fill stored_bytes_of(const BlobRecord& blob, core::BlobStorage& blobs) {
  return [&](int descriptor) -> Result<void> {
    GOFLOW_TRY(core::ObjectStore * store, blobs.store_at(blob.store));
    GOFLOW_TRY(auto object, store->get(blob.key));
    if (!object) {
      return core::Error{core::ErrorCode::not_found,
                         "blob " + blob.key.text() + " is missing from " + blob.store};
    }
    core::FileSink sink(descriptor);
    std::array<char, piece_size> piece;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    while (true) {
      GOFLOW_TRY(const std::size_t count, object->read(piece));
      if (count == 0) return {};
      GOFLOW_TRY(sink.take({piece.data(), count}));
    }
  };
}

Result<void> write_file(const std::string& path, const Fill& fill) {
  core::TemporaryFile file(path);
  if (!file.is_open()) return storage::file_failure("cannot write", path, errno);
  GOFLOW_TRY(fill(file.descriptor()));
  if (!file.rename_to(path)) return storage::file_failure("cannot write", path, errno);
  return {};
}

Result<void> write_stdout(const Fill& fill, Context& context) {
  GOFLOW_TRY(const std::string home, context.home());
  GOFLOW_TRY(const core::Descriptor checked, core::open_unnamed_file(home + "/spool"));
  GOFLOW_TRY(fill(checked.get()));
  core::FileSource source(checked.get(), 0);  // read to its end, whatever its size
  std::array<char, piece_size> piece;         // NOLINT(cppcoreguidelines-pro-type-member-init)
  while (true) {
    GOFLOW_TRY(const std::size_t count, source.read(piece));
    if (count == 0) return {};
    context.out().write({piece.data(), count});
  }
}

Result<void> run(const GetOptions& options, Context& context) {
  GOFLOW_TRY(core::BlobIndex * index, context.blob_index_if_any());
  GOFLOW_TRY(const BlobRecord blob, find_blob(options.key, index));
  GOFLOW_TRY(core::ClaimCheck * claim_check, context.claim_check());
  GOFLOW_TRY(core::BlobStorage * blobs, context.blob_storage());
  const Fill fill = options.raw ? stored_bytes_of(blob, *blobs) : payload_of(blob, *claim_check);
  if (options.output == to_stdout) return write_stdout(fill, context);
  return write_file(options.output, fill);
}

}  // namespace

std::unique_ptr<Action> blobs_get() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
