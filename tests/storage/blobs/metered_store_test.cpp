#include "storage/blobs/metered_store.hpp"

#include "tests/contract/object_store_contract.hpp"
#include "tests/support/flaky_object_store.hpp"
#include "tests/support/object_store_use.hpp"
#include "tests/support/transfer_counts.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace goflow;
using core::BlobKey;
using core::Error;
using core::ErrorCode;
using storage::MeteredStore;
using test::FlakyObjectStore;
using test::TransferCounts;

namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

struct Metered {
  TransferCounts counts;
  FlakyObjectStore* below = nullptr;
  std::unique_ptr<MeteredStore> store = nullptr;

  Metered() {
    auto flaky = std::make_unique<FlakyObjectStore>();
    below = flaky.get();
    store = std::make_unique<MeteredStore>(std::move(flaky), counts);
  }
};

}  // namespace

TEST_CASE("a metered store keeps the contract of blob stores") {
  TransferCounts counts;
  test::object_store_contract([&] {
    return std::make_unique<MeteredStore>(std::make_unique<test::MemoryObjectStore>(), counts);
  });
}

TEST_CASE("transfers are counted when they are complete") {
  Metered metered;
  const BlobKey key = test::put(*metered.store, "some bytes");
  CHECK(metered.counts.uploads == 1);
  auto stream = metered.store->get(key);
  REQUIRE(stream.ok());
  std::array<char, 100> piece{};
  CHECK(*(*stream)->read(piece) == 10);
  CHECK(metered.counts.downloads == 0);
  CHECK(*(*stream)->read(piece) == 0);
  CHECK(*(*stream)->read(piece) == 0);
  CHECK(metered.counts.downloads == 1);
  CHECK(metered.counts.failures.empty());
}

TEST_CASE("what is not there is neither a download nor a failure") {
  Metered metered;
  CHECK_FALSE(metered.store->get(BlobKey::random())->has_value());
  CHECK_FALSE(test::has(*metered.store, BlobKey::random()));
  CHECK(metered.counts.downloads == 0);
  CHECK(metered.counts.failures.empty());
}

TEST_CASE("time in which the reader does something else is not the time of the download") {
  Metered metered;
  const BlobKey key = test::put(*metered.store, "some bytes");
  auto stream = metered.store->get(key);
  std::this_thread::sleep_for(300ms);
  CHECK((*stream)->read_all(100).ok());
  CHECK(metered.counts.downloads == 1);
  CHECK(metered.counts.longest.load() < 200ms);
}

TEST_CASE("every failure is told with its operation") {
  Metered metered;
  const BlobKey key = test::put(*metered.store, "some bytes");
  const Error error{ErrorCode::unavailable, "busy"};
  metered.below->failures = {error, error, error, error, error, error};
  core::MemorySource body("more");
  CHECK_FALSE(metered.store->put(body, {}).ok());
  CHECK_FALSE(metered.store->get(key).ok());
  CHECK_FALSE(metered.store->stat(key).ok());
  CHECK_FALSE(metered.store->remove(key).ok());
  CHECK_FALSE(metered.store->list_keys([](const auto&) { return true; }).ok());
  CHECK_FALSE(metered.store->health().ok());
  CHECK(metered.counts.failures == Words{"put", "get", "stat", "delete", "list", "health"});

  metered.below->cuts = {3};
  auto stream = metered.store->get(key);
  CHECK_FALSE((*stream)->read_all(100).ok());
  CHECK_FALSE((*stream)->read_all(100).ok());
  CHECK(metered.counts.failures.size() == 7);
  CHECK(metered.counts.failures.back() == "get");
  CHECK(metered.counts.uploads == 1);
  CHECK(metered.counts.downloads == 0);
}
