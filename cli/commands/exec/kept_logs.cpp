#include "cli/commands/exec/kept_logs.hpp"

#include "cli/context.hpp"
#include "core/claimcheck/claim_check.hpp"
#include "core/claimcheck/spool.hpp"
#include "engine/local/spool_file.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <span>
#include <utility>

namespace goflow::cli {
namespace {

using core::ByteStream;
using core::NodeLog;
using core::Result;

/// Part of a file, which need not have a name any more.
class FileReader final : public core::ByteReader {
 public:
  FileReader(core::Descriptor file, std::uint64_t from, std::uint64_t end)
      : file_(std::move(file)), position_(from), end_(end) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    const auto wanted = std::min<std::uint64_t>(buffer.size(), end_ - std::min(end_, position_));
    while (true) {
      const ssize_t count =
          pread(file_.get(), buffer.data(), wanted, static_cast<off_t>(position_));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return core::Error{core::ErrorCode::unavailable, core::errno_text(errno)};
      position_ += static_cast<std::uint64_t>(count);
      return static_cast<std::size_t>(count);
    }
  }

 private:
  core::Descriptor file_;
  std::uint64_t position_;
  std::uint64_t end_;
};

ByteStream stream_of(core::Descriptor file, std::uint64_t from, std::uint64_t end) {
  return ByteStream(std::make_unique<FileReader>(std::move(file), from, end));
}

}  // namespace

Result<ByteStream> KeptLogs::open(const NodeLog& log, std::uint64_t from) {
  if (log.claim) return open_claimed(log, from);
  if (!log.spool.empty()) return open_spooled(log, from);
  return core::memory_stream(log.content.substr(std::min<std::size_t>(from, log.content.size())));
}

Result<ByteStream> KeptLogs::open_spooled(const NodeLog& log, std::uint64_t from) {
  GOFLOW_TRY(const std::string home, context_.home());
  if (auto file = engine::SpoolFile::open(home + "/spool", log.spool)) {
    GOFLOW_TRY(core::Descriptor bytes, file->duplicate());
    return stream_of(std::move(bytes), from, static_cast<std::uint64_t>(log.size_bytes));
  }
  // Since it was looked up, it may have come to where it stays.
  GOFLOW_TRY(const auto now, store_.logs(execution_id_));
  const auto settled = std::find_if(now.begin(), now.end(), [&](const NodeLog& other) {
    return other.path == log.path && other.attempt == log.attempt && other.stream == log.stream &&
           other.spool.empty();
  });
  if (settled != now.end()) return open(*settled, from);
  return core::Error{core::ErrorCode::not_found, "'" + home + "/spool/" + log.spool + "' is gone"};
}

Result<ByteStream> KeptLogs::open_claimed(const NodeLog& log, std::uint64_t from) {
  GOFLOW_TRY(const std::string home, context_.home());
  GOFLOW_TRY(core::ClaimCheck * claim_check, context_.claim_check());
  GOFLOW_TRY(core::Descriptor file, core::open_unnamed_file(home + "/spool"));
  core::FileSink sink(file.get());
  GOFLOW_TRY(claim_check->get(log.claim->key, sink));
  return stream_of(std::move(file), from, log.claim->size_bytes);
}

}  // namespace goflow::cli
