// The half of uv_handle.hpp that needs libuv's own header; for the sources of this folder only.
#pragma once

#include "engine/loop/uv_handle.hpp"

#include <uv.h>

namespace goflow::engine {

template <class Handle>
void UvClose<Handle>::operator()(Handle* handle) const {
  uv_close(reinterpret_cast<uv_handle_t*>(handle),
           [](uv_handle_t* closed) { delete reinterpret_cast<Handle*>(closed); });
}

}  // namespace goflow::engine
