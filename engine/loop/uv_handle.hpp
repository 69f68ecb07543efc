// Owns a libuv handle: what every part of the loop keeps instead of a bare one.
#pragma once

#include <memory>

struct uv_loop_s;

namespace goflow::engine {

/// Closes the handle. libuv may look at it until the loop has come round once more, so its memory
/// is given back only then. Defined in uv_close.hpp, for the sources that know libuv.
template <class Handle>
struct UvClose {
  void operator()(Handle* handle) const;
};

template <class Handle>
using UvHandle = std::unique_ptr<Handle, UvClose<Handle>>;

}  // namespace goflow::engine
