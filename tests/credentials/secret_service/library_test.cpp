#include "credentials/secret_service/library.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using credentials::load_secret_library;

TEST_CASE("libsecret has every function that goflow calls") {
  const auto library = load_secret_library();
  REQUIRE(library.ok());
  GCancellable* const cancellable = library->cancellable_new();
  CHECK(library->cancellable_is_cancelled(cancellable) == FALSE);
  library->object_unref(cancellable);
}

TEST_CASE("a machine without libsecret is told what to install") {
  const auto library = load_secret_library("libsecret-none.so.0");
  REQUIRE_FALSE(library.ok());
  CHECK(library.error().code == core::ErrorCode::credential);
  CHECK(library.error().message == "'libsecret-none.so.0' is not installed");
  CHECK(library.error().hint == "install it: sudo apt install libsecret-1-0");
}

TEST_CASE("a library that lacks a function is refused by the name of the function") {
  const auto library = load_secret_library("libm.so.6");
  REQUIRE_FALSE(library.ok());
  CHECK(library.error().message == "'libm.so.6' has no function 'secret_service_get_sync'");
  CHECK(library.error().hint == "bring it up to date: sudo apt install libsecret-1-0");
}

TEST_CASE("the library is loaded once") {
  const auto first = credentials::secret_library();
  const auto second = credentials::secret_library();
  REQUIRE(first.ok());
  CHECK(*first == *second);
}
