#include "storage/blobs/open_store.hpp"
#include "tests/s3/s3_server.hpp"
#include "tests/support/object_store_use.hpp"
#include "tests/support/transfer_counts.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using core::BlobKey;
using storage::open_store;
using storage::parse_location;
using storage::record_of;
using storage::S3Location;
using storage::StoreOptions;
using test::get;
using test::put;
using test::shared_s3_server;

namespace {

constexpr std::size_t megabyte = 1024UL * 1024;

StoreOptions with_keys() {
  StoreOptions options;
  options.access_key_id = core::Secret::copy_of("S3RVER");
  options.secret_access_key = core::Secret::copy_of("S3RVER");
  return options;
}

}  // namespace

TEST_CASE("an opened S3 store retries, counts and caches, in this order") {
  test::TransferCounts counts;
  const S3Location location{shared_s3_server().endpoint(), "bucket", "opened/"};
  StoreOptions options = with_keys();
  options.cache = std::make_shared<core::ReadCache>(megabyte);
  auto store = open_store(location, std::move(options), counts);
  REQUIRE(store.ok());
  shared_s3_server().tell("fail 500 2");
  const BlobKey key = put(**store, "some bytes");
  CHECK(counts.uploads == 1);
  CHECK(counts.failures.empty());
  // With its retries: two waits, of at least 100 and 200 ms.
  CHECK(counts.longest.load() >= std::chrono::milliseconds(300));
  get(**store, key);
  get(**store, key);
  CHECK(counts.downloads == 1);
  CHECK(counts.cache_hits == 1);
}

TEST_CASE("a record of where a blob lies opens the store that has it") {
  test::TransferCounts counts;
  const S3Location location{shared_s3_server().endpoint(), "bucket", "recorded/"};
  const std::string record = record_of(location, "/home/ann/.goflow");
  const BlobKey key = put(**open_store(location, with_keys(), counts), "found again");
  const auto read = parse_location(record, "/home/ann/.goflow");
  REQUIRE(read.ok());
  CHECK(get(**open_store(*read, with_keys(), counts), key) == "found again");
}
