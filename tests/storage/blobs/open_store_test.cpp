#include "storage/blobs/open_store.hpp"

#include "tests/contract/object_store_contract.hpp"
#include "tests/support/object_store_use.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/transfer_counts.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace goflow;
using core::BlobKey;
using core::ErrorCode;
using storage::FilesystemLocation;
using storage::MissingBase;
using storage::open_store;
using storage::S3Location;
using storage::StoreOptions;
using test::get;
using test::put;
using test::TransferCounts;

namespace {

const S3Location location{"https://host", "team", ""};

StoreOptions with_keys(std::string region, const char* id, const char* secret) {
  StoreOptions options;
  options.region = std::move(region);
  options.access_key_id = core::Secret::copy_of(id);
  options.secret_access_key = core::Secret::copy_of(secret);
  return options;
}

}  // namespace

TEST_CASE("a store that was put together keeps the contract of blob stores") {
  const test::TempDir dir;
  TransferCounts counts;
  int count = 0;
  test::object_store_contract([&] {
    const FilesystemLocation folder{dir.path() + "/blobs" + std::to_string(++count)};
    return *open_store(folder, StoreOptions(), counts);
  });
}

TEST_CASE("an opened store counts, and reads from its cache") {
  const test::TempDir dir;
  TransferCounts counts;
  StoreOptions options;
  options.cache = std::make_shared<core::ReadCache>(64UL * 1024);
  auto store = open_store(FilesystemLocation{dir.path() + "/blobs"}, std::move(options), counts);
  REQUIRE(store.ok());
  CHECK(dir.entries().empty());
  const BlobKey key = put(**store, "some bytes");
  get(**store, key);
  std::filesystem::remove_all(dir.path() + "/blobs");
  CHECK(get(**store, key) == "some bytes");
  CHECK(counts.uploads == 1);
  CHECK(counts.downloads == 1);
  CHECK(counts.cache_hits == 1);
}

TEST_CASE("an opened store may do without a cache") {
  const test::TempDir dir;
  TransferCounts counts;
  auto store = open_store(FilesystemLocation{dir.path() + "/blobs"}, StoreOptions(), counts);
  const BlobKey key = put(**store, "");
  get(**store, key);
  get(**store, key);
  CHECK(counts.downloads == 2);
  CHECK(counts.cache_hits == 0);
}

TEST_CASE("an opened store knows that its base has to be there") {
  const test::TempDir dir;
  TransferCounts counts;
  StoreOptions options;
  options.missing_base = MissingBase::lost;
  auto store = open_store(FilesystemLocation{dir.path() + "/blobs"}, std::move(options), counts);
  CHECK_FALSE((*store)->health().ok());
  CHECK(counts.failures == std::vector<std::string>{"health"});
}

TEST_CASE("what a service needs is asked for in order, and before it is used") {
  TransferCounts counts;
  const auto error_of = [&](StoreOptions options) {
    auto store = open_store(location, std::move(options), counts);
    REQUIRE_FALSE(store.ok());
    return store.error();
  };
  CHECK(error_of(with_keys("eu west", "id", "secret")).message ==
        "'eu west' is no region of a blob store");
  CHECK(error_of(with_keys("auto", "", "")).message ==
        "there is no access key id for the blob store at 'https://host'");
  CHECK(error_of(with_keys("auto", "id", "")).message ==
        "there is no secret access key for the blob store at 'https://host'");
  CHECK(error_of(with_keys("auto", "", "")).code == ErrorCode::credential);
  CHECK(open_store(location, with_keys("auto", "id", "secret"), counts).ok());
  CHECK(test::message_of(open_store(FilesystemLocation{""}, StoreOptions(), counts)) ==
        "filesystem base path is required");
}
