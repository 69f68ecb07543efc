#include "cli/io/secret_bytes.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace goflow::cli {

core::Result<core::WipedBytes> read_secret_bytes(int descriptor, std::size_t limit) {
  constexpr std::size_t chunk_size = 65536;
  core::WipedBytes bytes;
  while (bytes.size() <= limit) {
    const std::size_t size = bytes.size();
    const std::size_t chunk = std::min(chunk_size, limit + 1 - size);
    bytes.resize(size + chunk);
    const ssize_t got = read(descriptor, bytes.data() + size, chunk);
    bytes.resize(size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) break;
    if (got < 0 && errno != EINTR) {
      return core::Error{core::ErrorCode::unavailable, core::errno_text(errno)};
    }
  }
  return bytes;
}

}  // namespace goflow::cli
