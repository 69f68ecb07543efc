#include "core/base/sha256.hpp"

#include <doctest/doctest.h>

TEST_CASE("the hash of the empty text is the published one") {
  CHECK(goflow::core::sha256_hex("") ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
