#include "core/base/shared_library.hpp"

#include <dlfcn.h>

namespace goflow::core {

Result<SharedLibrary> SharedLibrary::open(std::string file) {
  void* handle = dlopen(file.c_str(), RTLD_LAZY | RTLD_LOCAL);
  if (handle == nullptr) {
    const char* reason = dlerror();
    return Error{ErrorCode::unavailable,
                 "cannot load '" + file + "': " + (reason != nullptr ? reason : "unknown reason")};
  }
  return SharedLibrary(std::move(file), handle);
}

Result<void> SharedLibrary::check() const {
  if (missing_.empty()) return {};
  return Error{ErrorCode::unavailable, "'" + file_ + "' has no function '" + missing_ + "'"};
}

void* SharedLibrary::address_of(const char* name) {
  void* address = dlsym(handle_, name);
  if (address == nullptr && missing_.empty()) missing_ = name;
  return address;
}

}  // namespace goflow::core
