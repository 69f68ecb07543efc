#include "core/claimcheck/spool.hpp"

#include "core/base/temporary_file.hpp"
#include "core/claimcheck/byte_stream.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>

namespace goflow::core {
namespace {

constexpr std::size_t enough_for_a_write = 256UL * 1024;
constexpr std::size_t piece_size = 64UL * 1024;
constexpr mode_t folder_mode = 0700;
constexpr mode_t file_mode = 0600;

Error cannot(std::string_view what, const std::string& folder) {
  return Error{ErrorCode::unavailable,
               "cannot " + std::string(what) + " '" + folder + "': " + errno_text(errno)};
}

}  // namespace

Result<Descriptor> open_unnamed_file(const std::string& folder) {
  if (mkdir(folder.c_str(), folder_mode) != 0 && errno != EEXIST) return cannot("make", folder);
  Descriptor file(open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, file_mode));
  if (file.is_open()) return file;
  // Not every file system has files without a name.
  std::string path = folder + "/XXXXXX";
  Descriptor named(mkostemp(path.data(), O_CLOEXEC));
  if (!named.is_open()) return cannot("write to", folder);
  unlink(path.c_str());
  return named;
}

Result<Spool> Spool::open(std::string folder, const Compression& compression) {
  GOFLOW_TRY(Descriptor file, open_unnamed_file(folder));
  return Spool(std::move(folder), compression, std::move(file));
}

Spool::Spool(std::string folder, const Compression& compression, Descriptor file)
    : folder_(std::move(folder)),
      compression_(compression),
      file_(std::move(file)),
      compressor_(make_compressor(compression)) {}

Result<void> Spool::add(std::string_view bytes) {
  hash_.update(bytes);
  size_ += bytes.size();
  GOFLOW_TRY(compressor_->add(bytes, pending_));
  if (pending_.size() >= enough_for_a_write) return write_pending();
  return {};
}

Result<SpooledPayload> Spool::finish() {
  GOFLOW_TRY(compressor_->finish(pending_));
  GOFLOW_TRY(write_pending());
  SpooledPayload payload{.hash = hash_.finish(),
                         .size_bytes = size_,
                         .codec = compression_.codec,
                         .stored_bytes = stored_,
                         .file = Descriptor()};
  if (payload.codec != Codec::none && stored_ >= size_) {
    GOFLOW_TRY(file_, rebuilt());
    payload.codec = Codec::none;
    payload.stored_bytes = size_;
  }
  payload.file = std::move(file_);
  return payload;
}

Result<void> Spool::write_pending() {
  if (!write_all(file_.get(), pending_)) return cannot("write to", folder_);
  stored_ += pending_.size();
  pending_.clear();
  return {};
}

Result<Descriptor> Spool::rebuilt() const {
  GOFLOW_TRY(Descriptor raw, open_unnamed_file(folder_));
  FileSource spooled(file_.get(), stored_);
  const auto decompressor = make_decompressor(compression_.codec, size_);
  std::array<char, piece_size> piece;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  std::string bytes;
  while (true) {
    GOFLOW_TRY(const std::size_t count, spooled.read(piece));
    if (count == 0) break;
    bytes.clear();
    GOFLOW_TRY(decompressor->add({piece.data(), count}, bytes));
    if (!write_all(raw.get(), bytes)) return cannot("write to", folder_);
  }
  GOFLOW_TRY(decompressor->finish(bytes));
  return raw;
}

}  // namespace goflow::core
