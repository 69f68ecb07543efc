#include "storage/blobs/caching_store.hpp"

#include "tests/contract/object_store_contract.hpp"
#include "tests/support/flaky_object_store.hpp"
#include "tests/support/object_store_use.hpp"
#include "tests/support/transfer_counts.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace goflow;
using core::BlobKey;
using storage::CachingStore;
using test::FlakyObjectStore;
using test::get;
using test::put;
using test::TransferCounts;

namespace {

struct Caching {
  TransferCounts counts;
  FlakyObjectStore* below = nullptr;
  std::unique_ptr<CachingStore> store = nullptr;

  explicit Caching(std::size_t limit) {
    auto flaky = std::make_unique<FlakyObjectStore>();
    below = flaky.get();
    store = std::make_unique<CachingStore>(
        std::move(flaky), std::make_shared<core::ReadCache>(limit), counts);
  }

  /// Whether reading it all asks the store below.
  bool asks_below(const BlobKey& key) const {
    const int before = below->calls;
    get(*store, key);
    return below->calls > before;
  }
};

std::string bytes_of(char letter) {
  return std::string(100, letter);
}

}  // namespace

TEST_CASE("a caching store keeps the contract of blob stores, with a small cache and a large one") {
  TransferCounts counts;
  for (const std::size_t limit : {0UL, 64UL, 64UL * 1024 * 1024}) {
    test::object_store_contract([&] {
      return std::make_unique<CachingStore>(std::make_unique<test::MemoryObjectStore>(),
                                            std::make_shared<core::ReadCache>(limit),
                                            counts);
    });
  }
}

TEST_CASE("what was read once comes from the cache") {
  Caching caching(400);
  const BlobKey key = put(*caching.store, bytes_of('a'));
  CHECK(caching.asks_below(key));
  CHECK_FALSE(caching.asks_below(key));
  CHECK(get(*caching.store, key) == bytes_of('a'));
  CHECK(caching.counts.cache_hits == 2);
}

TEST_CASE("an empty object is cached like any other") {
  Caching caching(400);
  const BlobKey key = put(*caching.store, "");
  CHECK(caching.asks_below(key));
  CHECK_FALSE(caching.asks_below(key));
}

TEST_CASE("what is larger than a quarter of the bound is passed on only") {
  Caching caching(400);
  const BlobKey quarter = put(*caching.store, bytes_of('a'));
  const BlobKey more = put(*caching.store, bytes_of('a') + "b");
  get(*caching.store, quarter);
  get(*caching.store, more);
  CHECK_FALSE(caching.asks_below(quarter));
  CHECK(caching.asks_below(more));
}

TEST_CASE("what was not used for the longest time gives way") {
  Caching caching(400);
  std::vector<BlobKey> keys;
  for (const char letter : {'a', 'b', 'c', 'd', 'e'}) {
    keys.push_back(put(*caching.store, bytes_of(letter)));
  }
  for (const int i : {0, 1, 2, 3}) {
    get(*caching.store, keys[static_cast<std::size_t>(i)]);
  }
  CHECK_FALSE(caching.asks_below(keys[0]));
  CHECK(caching.asks_below(keys[4]));
  CHECK_FALSE(caching.asks_below(keys[0]));
  CHECK_FALSE(caching.asks_below(keys[2]));
  CHECK(caching.asks_below(keys[1]));
}

TEST_CASE("what was not read to its end is not cached") {
  Caching caching(400);
  const BlobKey key = put(*caching.store, bytes_of('a'));
  {
    auto stream = caching.store->get(key);
    std::array<char, 99> piece{};
    CHECK(*(*stream)->read(piece) == 99);
  }
  CHECK(caching.asks_below(key));

  Caching cut(400);
  const BlobKey other = put(*cut.store, bytes_of('b'));
  cut.below->cuts = {99};
  auto stream = cut.store->get(other);
  CHECK_FALSE((*stream)->read_all(1000).ok());
  CHECK(cut.asks_below(other));
}

TEST_CASE("what is removed or put anew is forgotten") {
  Caching caching(400);
  const BlobKey key = put(*caching.store, bytes_of('a'));
  get(*caching.store, key);
  CHECK(caching.store->remove(key).ok());
  CHECK_FALSE(caching.store->get(key)->has_value());

  put(*caching.store, "damaged", key);
  get(*caching.store, key);
  put(*caching.store, "as it was", key);
  CHECK(get(*caching.store, key) == "as it was");
}

TEST_CASE("a stream that was opened before does not bring back what was put anew") {
  Caching caching(400);
  const BlobKey key = BlobKey::random();
  put(*caching.store, "damaged", key);
  auto before = caching.store->get(key);
  put(*caching.store, "as it was", key);
  CHECK(*(*before)->read_all(100) == "damaged");
  CHECK(get(*caching.store, key) == "as it was");
}

TEST_CASE("threads may read through a cache that is too small for all") {
  TransferCounts counts;
  CachingStore store(
      std::make_unique<test::MemoryObjectStore>(), std::make_shared<core::ReadCache>(400), counts);
  std::vector<BlobKey> keys;
  for (const char letter : {'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'}) {
    keys.push_back(put(store, bytes_of(letter)));
  }
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> threads;
    for (std::size_t thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&, thread] {
        for (std::size_t i = 0; i < 500; ++i) {
          const std::size_t which = (i * (thread + 1) + i / 7) % keys.size();
          auto stream = store.get(keys[which]);
          const auto read = (*stream)->read_all(100);
          if (!read || *read != bytes_of("abcdefgh"[which])) ++wrong;
          if (i % 50 == 0) static_cast<void>(put(store, bytes_of("abcdefgh"[which])));
        }
      });
    }
  }
  CHECK(wrong == 0);
  CHECK(counts.cache_hits > 0);
}
