// One file a codec; see compression.hpp.
#pragma once

#include "core/claimcheck/compression.hpp"

namespace goflow::core {

std::unique_ptr<Transcoder> make_gzip_compressor(int level);
std::unique_ptr<Transcoder> make_gzip_decompressor(std::uint64_t largest);

std::unique_ptr<Transcoder> make_zstd_compressor(int level);
std::unique_ptr<Transcoder> make_zstd_decompressor(std::uint64_t largest);

/// What comes out of a blob that cannot be read.
Error damaged(std::string_view how);
Error larger_than(std::uint64_t largest);

}  // namespace goflow::core
