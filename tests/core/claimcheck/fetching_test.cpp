#include "core/claimcheck/fetching.hpp"

#include "core/claimcheck/claimed_value.hpp"
#include "core/claimcheck/unpacking.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>

using namespace goflow::core;

namespace {

/// Answers only when so many ask at the same time.
class MeetingPlace final : public ClaimReader {
 public:
  explicit MeetingPlace(int wanted) : wanted_(wanted) {}

  Result<Value> read(const Claim&, Encoding) override {
    GOFLOW_TRY(meet());
    return Value("read");
  }
  Result<void> copy(const Claim&, PayloadSink&) override { return meet(); }
  void note_read(std::weak_ptr<const ClaimedValue>) override {}

  std::atomic<int> asked = 0;
  std::atomic<int> met = 0;

 private:
  Result<void> meet() {
    std::unique_lock lock(mutex_);
    ++asked;
    all_here_.notify_all();
    if (!all_here_.wait_for(lock, std::chrono::seconds(20), [&] { return asked >= wanted_; })) {
      return Error{ErrorCode::unavailable, "nobody else came"};
    }
    ++met;
    return {};
  }

  int wanted_;
  std::mutex mutex_;
  std::condition_variable all_here_;
};

Value kept(const std::string& content, Encoding encoding, ClaimReader& reader) {
  return Value(std::make_shared<ClaimedValue>(
      Claim{BlobKey::of_content(sha256(content)), 60'000, true, Timestamp()},
      encoding,
      ValueOrigin{content},
      reader));
}

}  // namespace

TEST_CASE("values that are kept elsewhere are fetched at the same time, each once") {
  MeetingPlace place(3);
  const Value one = kept("one", Encoding::json, place);
  fetch_together(
      Object{{"variables", Object{{"a", one}, {"b", kept("two", Encoding::text, place)}}},
             {"list", Array{kept("three", Encoding::json, place), one}}});
  CHECK(place.asked == 3);
  CHECK(place.met == 3);
}

TEST_CASE("one alone is left to whoever reads it") {
  MeetingPlace place(1);
  const Value one = kept("one", Encoding::json, place);
  fetch_together(Object{{"a", one}, {"b", one}, {"c", "small"}});
  CHECK(place.asked == 0);
}

TEST_CASE("what cannot be fetched is told when it is read") {
  const Value one = kept("one", Encoding::json, no_claims());
  fetch_together(Array{one, kept("two", Encoding::text, no_claims())});
  CHECK_THROWS_AS((void)one.content(), PayloadUnavailable);
}
