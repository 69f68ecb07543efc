// A library of others that is loaded when it is first needed, and then stays.
#pragma once

#include "core/base/result.hpp"

#include <string>
#include <utility>

namespace goflow::core {

/// Linking such a library instead would cost every start of goflow milliseconds, used or not.
class SharedLibrary {
 public:
  /// `file`: "libcurl.so.4". The Error says that it cannot be loaded; how to install it is the
  /// caller's hint.
  static Result<SharedLibrary> open(std::string file);

  /// Points `function` to the library's own; a missing one is remembered until check().
  template <class Function>
  SharedLibrary& bind(const char* name, Function*& function) {
    function = reinterpret_cast<Function*>(address_of(name));
    return *this;
  }
  /// The Error names a function that was bound and is not there.
  [[nodiscard]] Result<void> check() const;

 private:
  SharedLibrary(std::string file, void* handle) : file_(std::move(file)), handle_(handle) {}
  void* address_of(const char* name);

  std::string file_;
  void* handle_;  // never closed: libraries leave threads and exit handlers behind
  std::string missing_;
};

}  // namespace goflow::core
