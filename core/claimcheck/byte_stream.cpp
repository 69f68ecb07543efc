#include "core/claimcheck/byte_stream.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace goflow::core {
namespace {

constexpr std::size_t piece_size = 64UL * 1024;

class MemoryReader final : public ByteReader {
 public:
  explicit MemoryReader(std::string bytes) : bytes_(std::move(bytes)), source_(bytes_) {}
  Result<std::size_t> read(std::span<char> buffer) override { return source_.read(buffer); }

 private:
  std::string bytes_;
  MemorySource source_;
};

}  // namespace

Result<std::size_t> MemorySource::read(std::span<char> buffer) {
  const std::size_t count = std::min(buffer.size(), bytes_.size() - position_);
  std::copy_n(bytes_.data() + position_, count, buffer.data());
  position_ += count;
  return count;
}

Result<void> MemorySource::rewind() {
  position_ = 0;
  return {};
}

Result<std::size_t> FileSource::read(std::span<char> buffer) {
  while (true) {
    const ssize_t count =
        pread(descriptor_, buffer.data(), buffer.size(), static_cast<off_t>(position_));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Error{ErrorCode::unavailable, errno_text(errno)};
    position_ += static_cast<std::uint64_t>(count);
    return static_cast<std::size_t>(count);
  }
}

Result<void> FileSource::rewind() {
  position_ = 0;
  return {};
}

Result<std::string> ByteStream::read_up_to(std::size_t limit) {
  std::string bytes;
  std::array<char, piece_size> piece;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  while (true) {
    const std::size_t wanted = std::min(piece.size(), limit - bytes.size());
    GOFLOW_TRY(const std::size_t count, read(std::span(piece).first(wanted)));
    if (count == 0) return bytes;
    bytes.append(piece.data(), count);
  }
}

Result<std::string> ByteStream::read_all(std::size_t limit) {
  GOFLOW_TRY(std::string bytes, read_up_to(limit + 1));
  if (bytes.size() <= limit) return bytes;
  return Error{ErrorCode::unavailable, "there are more than " + std::to_string(limit) + " bytes"};
}

ByteStream memory_stream(std::string bytes) {
  return ByteStream(std::make_unique<MemoryReader>(std::move(bytes)));
}

}  // namespace goflow::core
