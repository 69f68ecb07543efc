#include "core/claimcheck/codecs.hpp"

#include <zstd.h>

#include <algorithm>

namespace goflow::core {
namespace {

constexpr std::size_t step = 128UL * 1024;

class ZstdCompressor final : public Transcoder {
 public:
  explicit ZstdCompressor(int level) : context_(ZSTD_createCCtx()) {
    ZSTD_CCtx_setParameter(context_, ZSTD_c_compressionLevel, level);
  }
  ~ZstdCompressor() override { ZSTD_freeCCtx(context_); }
  ZstdCompressor(const ZstdCompressor&) = delete;
  ZstdCompressor& operator=(const ZstdCompressor&) = delete;

  Result<void> add(std::string_view bytes, std::string& out) override {
    ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
    while (input.pos < input.size) {
      GOFLOW_TRY(compress(input, ZSTD_e_continue, out));
    }
    return {};
  }

  Result<void> finish(std::string& out) override {
    ZSTD_inBuffer nothing{nullptr, 0, 0};
    while (true) {
      GOFLOW_TRY(const std::size_t rest, compress(nothing, ZSTD_e_end, out));
      if (rest == 0) return {};
    }
  }

 private:
  /// How much is still to be written out.
  Result<std::size_t> compress(ZSTD_inBuffer& input, ZSTD_EndDirective what, std::string& out) {
    const std::size_t before = out.size();
    out.resize(before + step);
    ZSTD_outBuffer output{out.data() + before, step, 0};
    const std::size_t rest = ZSTD_compressStream2(context_, &output, &input, what);
    out.resize(before + output.pos);
    if (ZSTD_isError(rest) != 0) {
      return Error{ErrorCode::internal, std::string("zstd: ") + ZSTD_getErrorName(rest)};
    }
    return rest;
  }

  ZSTD_CCtx* context_;
};

class ZstdDecompressor final : public Transcoder {
 public:
  explicit ZstdDecompressor(std::uint64_t largest)
      : largest_(largest), context_(ZSTD_createDCtx()) {}
  ~ZstdDecompressor() override { ZSTD_freeDCtx(context_); }
  ZstdDecompressor(const ZstdDecompressor&) = delete;
  ZstdDecompressor& operator=(const ZstdDecompressor&) = delete;

  Result<void> add(std::string_view bytes, std::string& out) override {
    ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
    bool is_full = false;
    while (input.pos < input.size || is_full) {
      if (has_ended_) return damaged("something follows its end");
      const auto room = static_cast<std::size_t>(
          std::min<std::uint64_t>(step, largest_ - size_ + 1));  // see GzipDecompressor
      const std::size_t before = out.size();
      out.resize(before + room);
      ZSTD_outBuffer output{out.data() + before, room, 0};
      const std::size_t rest = ZSTD_decompressStream(context_, &output, &input);
      out.resize(before + output.pos);
      size_ += output.pos;
      if (ZSTD_isError(rest) != 0) return damaged("it is no whole zstd data");
      if (size_ > largest_) return larger_than(largest_);
      has_ended_ = rest == 0;
      is_full = !has_ended_ && output.pos == room;
    }
    return {};
  }

  Result<void> finish(std::string&) override {
    if (!has_ended_) return damaged("its end is missing");
    return {};
  }

 private:
  std::uint64_t largest_;
  std::uint64_t size_ = 0;
  bool has_ended_ = false;
  ZSTD_DCtx* context_;
};

}  // namespace

std::unique_ptr<Transcoder> make_zstd_compressor(int level) {
  return std::make_unique<ZstdCompressor>(level);
}

std::unique_ptr<Transcoder> make_zstd_decompressor(std::uint64_t largest) {
  return std::make_unique<ZstdDecompressor>(largest);
}

}  // namespace goflow::core
