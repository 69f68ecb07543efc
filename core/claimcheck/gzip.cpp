#include "core/claimcheck/codecs.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace goflow::core {
namespace {

constexpr int window_of_gzip = MAX_WBITS + 16;  // so zlib is told to write and read gzip
constexpr int usual_memory = 8;
constexpr std::size_t step = 64UL * 1024;

/// zlib counts in a smaller type than sizes have.
std::string_view next_input(std::string_view bytes) {
  return bytes.substr(0, std::numeric_limits<uInt>::max());
}

void give(z_stream& stream, std::string_view input) {
  // zlib does not change what it reads.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));  // NOLINT
  stream.avail_in = static_cast<uInt>(input.size());
}

/// Calls `work` with room at the end of `out`, and keeps of it what was used.
template <class Work>
int with_room(z_stream& stream, std::string& out, std::size_t room, const Work& work) {
  const std::size_t before = out.size();
  out.resize(before + room);
  stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
  stream.avail_out = static_cast<uInt>(room);
  const int answer = work();
  out.resize(out.size() - stream.avail_out);
  return answer;
}

class GzipCompressor final : public Transcoder {
 public:
  explicit GzipCompressor(int level) {
    deflateInit2(&stream_, level, Z_DEFLATED, window_of_gzip, usual_memory, Z_DEFAULT_STRATEGY);
  }
  ~GzipCompressor() override { deflateEnd(&stream_); }
  GzipCompressor(const GzipCompressor&) = delete;
  GzipCompressor& operator=(const GzipCompressor&) = delete;

  Result<void> add(std::string_view bytes, std::string& out) override {
    while (!bytes.empty()) {
      const std::string_view input = next_input(bytes);
      bytes.remove_prefix(input.size());
      give(stream_, input);
      while (stream_.avail_in > 0) {
        with_room(stream_, out, step, [&] { return deflate(&stream_, Z_NO_FLUSH); });
      }
    }
    return {};
  }

  Result<void> finish(std::string& out) override {
    give(stream_, {});
    while (with_room(stream_, out, step, [&] { return deflate(&stream_, Z_FINISH); }) == Z_OK) {
    }
    return {};
  }

 private:
  z_stream stream_{};
};

class GzipDecompressor final : public Transcoder {
 public:
  explicit GzipDecompressor(std::uint64_t largest) : largest_(largest) {
    inflateInit2(&stream_, window_of_gzip);
  }
  ~GzipDecompressor() override { inflateEnd(&stream_); }
  GzipDecompressor(const GzipDecompressor&) = delete;
  GzipDecompressor& operator=(const GzipDecompressor&) = delete;

  Result<void> add(std::string_view bytes, std::string& out) override {
    while (!bytes.empty()) {
      if (has_ended_) return damaged("something follows its end");
      const std::string_view input = next_input(bytes);
      give(stream_, input);
      GOFLOW_TRY(inflate_some(out));
      bytes.remove_prefix(input.size() - stream_.avail_in);
    }
    return {};
  }

  Result<void> finish(std::string&) override {
    if (!has_ended_) return damaged("its end is missing");
    return {};
  }

 private:
  Result<void> inflate_some(std::string& out) {
    bool is_full = true;
    while (!has_ended_ && (stream_.avail_in > 0 || is_full)) {
      // One byte more than may come, so that a payload of just that size is told from a larger one.
      const std::uint64_t room = std::min<std::uint64_t>(step, largest_ - size_ + 1);
      const int answer =
          with_room(stream_, out, room, [&] { return inflate(&stream_, Z_NO_FLUSH); });
      is_full = stream_.avail_out == 0;
      size_ += room - stream_.avail_out;
      if (size_ > largest_) return larger_than(largest_);
      has_ended_ = answer == Z_STREAM_END;
      if (answer == Z_BUF_ERROR) return {};  // it wants more input
      if (answer != Z_OK && !has_ended_) return damaged("it is no whole gzip data");
    }
    return {};
  }

  std::uint64_t largest_;
  std::uint64_t size_ = 0;
  bool has_ended_ = false;
  z_stream stream_{};
};

}  // namespace

std::unique_ptr<Transcoder> make_gzip_compressor(int level) {
  return std::make_unique<GzipCompressor>(level);
}

std::unique_ptr<Transcoder> make_gzip_decompressor(std::uint64_t largest) {
  return std::make_unique<GzipDecompressor>(largest);
}

}  // namespace goflow::core
