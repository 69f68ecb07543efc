#include "credentials/secret_service/bus_library.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using credentials::load_bus_library;

TEST_CASE("libsystemd has every function that goflow calls") {
  const auto library = load_bus_library();
  REQUIRE_MESSAGE(library.ok(), library.error().message);
  CHECK(library->is_ready(nullptr) == 0);
}

TEST_CASE("a machine without libsystemd, or with another one, is known by it") {
  CHECK(load_bus_library("libsystemd-none.so.0")
            .error()
            .message.starts_with("cannot load 'libsystemd-none.so.0': "));
  CHECK(load_bus_library("libm.so.6").error().message ==
        "'libm.so.6' has no function 'sd_bus_open_user'");
}
