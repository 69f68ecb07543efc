#include "core/base/shared_library.hpp"

#include <doctest/doctest.h>

using namespace goflow::core;

TEST_CASE("a library is loaded, and its functions can be called") {
  auto library = SharedLibrary::open("libm.so.6");
  REQUIRE(library.ok());
  double (*whole_part)(double) = nullptr;
  void (*none)() = nullptr;
  library->bind("floor", whole_part);
  REQUIRE(library->check().ok());
  CHECK(whole_part(2.5) == 2.0);
  library->bind("no_such_function", none).bind("no_other", none);
  CHECK(library->check().error().message == "'libm.so.6' has no function 'no_such_function'");
}

TEST_CASE("a library that is not there is an error that names it") {
  const auto library = SharedLibrary::open("libnowhere.so.7");
  REQUIRE_FALSE(library.ok());
  CHECK(library.error().code == ErrorCode::unavailable);
  CHECK(library.error().message.starts_with("cannot load 'libnowhere.so.7': "));
}
