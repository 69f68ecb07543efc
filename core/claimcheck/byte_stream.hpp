// Bytes on their way into a store and out of it, a piece at a time.
#pragma once

#include "core/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace goflow::core {

/// What is to be stored: read from front to back, as often as a store has to try.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Known before the first byte is read.
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  /// Fills the buffer from its front, as far as there is something; 0: the end.
  virtual Result<std::size_t> read(std::span<char> buffer) = 0;
  /// Begins again.
  virtual Result<void> rewind() = 0;
};

/// Bytes in memory, which outlive it.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  Result<std::size_t> read(std::span<char> buffer) override;
  Result<void> rewind() override;

 private:
  std::string_view bytes_;
  std::size_t position_ = 0;
};

/// A regular file, read by its descriptor, which outlives it.
class FileSource final : public ByteSource {
 public:
  FileSource(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  Result<std::size_t> read(std::span<char> buffer) override;
  Result<void> rewind() override;

 private:
  int descriptor_;
  std::uint64_t size_;
  std::uint64_t position_ = 0;
};

/// How a store gives bytes out; see ByteStream.
class ByteReader {
 public:
  virtual ~ByteReader() = default;
  virtual Result<std::size_t> read(std::span<char> buffer) = 0;
};

/// What was stored: read once. Ends early with an Error, never silently.
class ByteStream {
 public:
  explicit ByteStream(std::unique_ptr<ByteReader> reader) : reader_(std::move(reader)) {}
  /// Fills the buffer from its front, as far as there is something; 0: the end.
  Result<std::size_t> read(std::span<char> buffer) { return reader_->read(buffer); }
  /// The rest of it, or no more of it than `limit` bytes.
  Result<std::string> read_up_to(std::size_t limit);
  /// The rest of it. An Error when that is more than `limit` bytes.
  Result<std::string> read_all(std::size_t limit);

 private:
  std::unique_ptr<ByteReader> reader_;
};

/// A stream over bytes that it owns.
ByteStream memory_stream(std::string bytes);

}  // namespace goflow::core
