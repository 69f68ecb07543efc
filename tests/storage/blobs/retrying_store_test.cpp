#include "storage/blobs/retrying_store.hpp"

#include "tests/contract/object_store_contract.hpp"
#include "tests/support/flaky_object_store.hpp"
#include "tests/support/object_store_use.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using core::BlobKey;
using core::Error;
using core::ErrorCode;
using storage::RetryAfter;
using storage::RetryingStore;
using storage::RetryPolicy;
using test::FlakyObjectStore;
using test::get;
using test::put;

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

const Error busy{ErrorCode::unavailable, "busy"};
const Error slow{ErrorCode::timed_out, "slow"};
const Error refused{ErrorCode::failed_precondition, "refused"};

/// Does not sleep; says how long it would have.
struct Retrying {
  std::shared_ptr<RetryAfter> retry_after = std::make_shared<RetryAfter>();
  std::vector<milliseconds> slept = {};
  FlakyObjectStore* below = nullptr;
  std::unique_ptr<RetryingStore> store = nullptr;

  Retrying() {
    auto flaky = std::make_unique<FlakyObjectStore>();
    below = flaky.get();
    RetryPolicy policy;
    policy.sleep = [this](milliseconds time) { slept.push_back(time); };
    store = std::make_unique<RetryingStore>(std::move(flaky), retry_after, policy);
  }
};

}  // namespace

TEST_CASE("a retrying store keeps the contract of blob stores") {
  test::object_store_contract([] {
    return std::make_unique<RetryingStore>(std::make_unique<test::MemoryObjectStore>(),
                                           std::make_shared<RetryAfter>());
  });
}

TEST_CASE("what may go better is tried three times, with doubling waits") {
  Retrying retrying;
  retrying.below->failures = {busy, slow};
  const BlobKey key = put(*retrying.store, "at the third try");
  CHECK(get(*retrying.store, key) == "at the third try");
  REQUIRE(retrying.slept.size() == 2);
  CHECK(retrying.slept[0] >= 100ms);
  CHECK(retrying.slept[0] <= 300ms);
  CHECK(retrying.slept[1] >= 200ms);
  CHECK(retrying.slept[1] <= 600ms);

  retrying.below->failures = {busy, busy, slow};
  core::MemorySource body("never");
  CHECK(test::message_of(retrying.store->put(body, {})) == "slow");
  CHECK(retrying.slept.size() == 4);
}

TEST_CASE("waits are spread") {
  std::set<milliseconds> waits;
  for (int i = 0; i < 20; ++i) {
    Retrying retrying;
    retrying.below->failures = {busy};
    CHECK(retrying.store->health().ok());
    waits.insert(retrying.slept.at(0));
  }
  CHECK(waits.size() > 3);
}

TEST_CASE("what is final is not tried again") {
  Retrying retrying;
  retrying.below->failures = {refused};
  CHECK(test::message_of(retrying.store->health()) == "refused");
  CHECK(retrying.below->calls == 1);
  CHECK(retrying.slept.empty());
}

TEST_CASE("every operation is tried again") {
  Retrying retrying;
  const BlobKey key = put(*retrying.store, "there");
  const auto once_more = [&] { retrying.below->failures = {busy}; };
  once_more();
  CHECK(get(*retrying.store, key) == "there");
  once_more();
  CHECK(test::has(*retrying.store, key));
  once_more();
  CHECK(retrying.store->health().ok());
  once_more();
  CHECK(retrying.store->remove(key).ok());
  CHECK(retrying.slept.size() == 4);
  CHECK_FALSE(test::has(*retrying.store, key));
}

TEST_CASE("a service that wants to be left alone for a while is") {
  Retrying retrying;
  retrying.retry_after->say(4s);
  retrying.below->failures = {busy};
  CHECK(retrying.store->health().ok());
  REQUIRE(retrying.slept.size() == 1);
  CHECK(retrying.slept[0] > 3s);
  CHECK(retrying.slept[0] <= 4s);
}

TEST_CASE("a service that wants to be left alone for long is not waited for") {
  Retrying retrying;
  retrying.retry_after->say(11s);
  retrying.below->failures = {busy};
  CHECK(test::message_of(retrying.store->health()) == "busy");
  CHECK(retrying.slept.empty());
}

TEST_CASE("a download that is cut goes on where it was") {
  Retrying retrying;
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) {
    bytes += std::to_string(i);
  }
  const BlobKey key = put(*retrying.store, bytes);
  retrying.below->cuts = {0, 200'001};
  CHECK(get(*retrying.store, key) == bytes);
  CHECK(retrying.slept.size() == 2);

  // Tries are counted for the whole of it.
  retrying.below->cuts = {10, 200'000, 300'000};
  auto stream = retrying.store->get(key);
  REQUIRE(stream.ok());
  CHECK(test::message_of((*stream)->read_all(bytes.size())) == "the line was cut");
  CHECK(retrying.slept.size() == 4);
}

TEST_CASE("a download whose object goes away ends with an error") {
  Retrying retrying;
  const BlobKey key = put(*retrying.store, "soon gone");
  retrying.below->cuts = {4};
  auto stream = retrying.store->get(key);
  REQUIRE(stream.ok());
  CHECK(retrying.below->inside().remove(key).ok());
  CHECK(test::message_of((*stream)->read_all(100)) == "the object is gone while it is read");

  put(*retrying.store, "soon shorter", key);
  retrying.below->cuts = {10};
  stream = retrying.store->get(key);
  put(retrying.below->inside(), "short", key);
  CHECK(test::message_of((*stream)->read_all(100)) == "the object is another while it is read");
}

TEST_CASE("a listing that breaks off goes on with the keys that were not visited") {
  Retrying retrying;
  std::set<BlobKey> keys;
  for (int i = 0; i < 5; ++i) {
    keys.insert(put(*retrying.store, std::to_string(i)));
  }
  retrying.below->failures = {busy, busy};
  std::multiset<BlobKey> visited;
  CHECK(retrying.store
            ->list_keys([&](const core::ObjectStat& object) {
              visited.insert(object.key);
              return true;
            })
            .ok());
  CHECK(visited == std::multiset<BlobKey>(keys.begin(), keys.end()));
}
