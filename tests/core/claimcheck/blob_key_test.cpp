#include "core/claimcheck/blob_key.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow;
using core::BlobKey;

TEST_CASE("the key of a blob is made of the first half of the hash of its content") {
  CHECK(BlobKey::of_content(core::sha256("\"hello\"")).text() ==
        "5aa762ae-383f-8b72-baf3-c7a36d4940a5");
  CHECK(BlobKey::of_content(core::sha256("")).text() == "e3b0c442-98fc-8c14-9afb-f4c8996fb924");
  CHECK(BlobKey::of_content(core::sha256("")).is_of_content());
}

TEST_CASE("a key that is made of chance is another one each time, and can be told") {
  const BlobKey key = BlobKey::random();
  CHECK(key != BlobKey::random());
  CHECK(BlobKey::parse(key.text()) == key);
  CHECK_FALSE(key.is_of_content());
}

TEST_CASE("nothing but a key as goflow writes it can name a blob") {
  const std::string good = "5aa762ae-383f-8b72-baf3-c7a36d4940a5";
  CHECK(BlobKey::parse(good).has_value());
  for (const std::string& bad : {std::string(),
                                 std::string("../../etc/passwd"),
                                 std::string("5AA762AE-383F-8B72-BAF3-C7A36D4940A5"),
                                 std::string("5aa762ae-383f-1b72-baf3-c7a36d4940a5"),
                                 std::string("5aa762ae-383f-8b72-7af3-c7a36d4940a5"),
                                 std::string("5aa762ae383f8b72baf3c7a36d4940a5"),
                                 good + "\n",
                                 good + "0",
                                 good.substr(1),
                                 std::string("/aa762ae-383f-8b72-baf3-c7a36d4940a5")}) {
    CAPTURE(bad);
    CHECK_FALSE(BlobKey::parse(bad).has_value());
  }
}
