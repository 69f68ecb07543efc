#include "core/secret/rotation.hpp"

#include "tests/support/fixed_clock.hpp"
#include "tests/support/interruption.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

using namespace goflow;
using namespace std::chrono_literals;
using core::CredentialKey;
using core::CredentialMetadata;
using core::CredentialNamespace;
using core::CredentialRotation;
using core::Error;
using core::ErrorCode;
using core::LockState;
using core::Result;
using core::RotationTerms;
using core::Secret;
using test::Interruption;

namespace {

const CredentialKey github = *CredentialKey::parse("github");
const CredentialKey gitlab = *CredentialKey::parse("gitlab");

class Values final : public core::CredentialStore {
 public:
  explicit Values(Interruption& interruption) : interruption_(interruption) {}

  Result<void> set(const CredentialKey& key, const Secret& value) override {
    return interruption_.around([&]() -> Result<void> {
      values[key] = std::string(value.expose());
      return {};
    });
  }
  Result<std::optional<Secret>> get(const CredentialKey& key) override {
    return interruption_.around([&]() -> Result<std::optional<Secret>> {
      const auto found = values.find(key);
      if (found == values.end()) return std::optional<Secret>();
      return std::optional(Secret::copy_of(found->second));
    });
  }
  Result<bool> remove(const CredentialKey& key) override {
    return interruption_.around([&]() -> Result<bool> { return values.erase(key) > 0; });
  }
  Result<bool> exists(const CredentialKey& key) override {
    return interruption_.around([&]() -> Result<bool> { return values.contains(key); });
  }
  Result<std::vector<core::StoredCredential>> list() override {
    std::vector<core::StoredCredential> listed;
    for (const auto& [key, value] : values) {
      if (!key.is_reserved()) listed.push_back({.key = key});
    }
    return listed;
  }
  Result<LockState> lock_state() override { return LockState::unlocked; }

  std::map<CredentialKey, std::string> values;

 private:
  Interruption& interruption_;
};

class Notes final : public core::CredentialMetadataStore {
 public:
  explicit Notes(Interruption& interruption) : interruption_(interruption) {}

  Result<void> put(const CredentialNamespace& credential_namespace,
                   const CredentialKey& key,
                   const CredentialMetadata& metadata) override {
    return interruption_.around([&]() -> Result<void> {
      rows.insert_or_assign({credential_namespace, key}, metadata);
      return {};
    });
  }
  Result<std::optional<CredentialMetadata>> find(const CredentialNamespace& credential_namespace,
                                                 const CredentialKey& key) override {
    return interruption_.around([&]() -> Result<std::optional<CredentialMetadata>> {
      const auto found = rows.find({credential_namespace, key});
      if (found == rows.end()) return std::optional<CredentialMetadata>();
      return std::optional(found->second);
    });
  }
  Result<bool> remove(const CredentialNamespace& credential_namespace,
                      const CredentialKey& key) override {
    return interruption_.around([&]() -> Result<bool> {
      return rows.erase({credential_namespace, key}) > 0;
    });
  }
  Result<std::vector<core::DescribedCredential>> list() override {
    return interruption_.around([&]() -> Result<std::vector<core::DescribedCredential>> {
      std::vector<core::DescribedCredential> listed;
      for (const auto& [name, metadata] : rows) {
        listed.push_back({name.first, name.second, metadata});
      }
      return listed;
    });
  }

  std::map<std::pair<CredentialNamespace, CredentialKey>, CredentialMetadata> rows;

 private:
  Interruption& interruption_;
};

/// A keyring with 'github', which goflow stored a day ago.
struct Place {
  explicit Place(const CredentialNamespace& wanted = {}) : credential_namespace(wanted) {
    values.values[github] = "old";
    notes.rows.insert_or_assign({credential_namespace, github},
                                CredentialMetadata{.created_at = clock.now() - 24h,
                                                   .updated_at = clock.now() - 24h,
                                                   .expires_at = clock.now() + 24h,
                                                   .description = "for the tests"});
  }

  [[nodiscard]] Result<std::optional<core::Timestamp>> rotate(std::string_view value,
                                                              const RotationTerms& terms = {}) {
    return rotation.rotate(github, Secret::copy_of(value), terms);
  }
  std::string value(const CredentialKey& key = github) {
    const auto found = values.values.find(key);
    return found == values.values.end() ? "(none)" : found->second;
  }
  /// As it is kept, be its time over or not.
  std::string kept() { return value(CredentialKey::previous_of(github)); }
  /// As it is handed out.
  std::string previous() {
    const auto found = rotation.previous(github);
    REQUIRE(found.ok());
    return *found ? std::string((*found)->expose()) : "(none)";
  }
  CredentialMetadata& metadata() { return notes.rows.at({credential_namespace, github}); }

  CredentialNamespace credential_namespace;
  Interruption interruption;
  test::FixedClock clock{*core::parse_rfc3339("2026-03-01T12:00:00Z")};
  Values values{interruption};
  Notes notes{interruption};
  CredentialRotation rotation{values, notes, credential_namespace, clock};
};

}  // namespace

TEST_CASE("rotation replaces the value, keeps the one before and notes until when") {
  Place place;
  const auto until = place.rotate("new", {.grace = 2h, .expires_at = place.clock.now() + 90h});
  REQUIRE(until.ok());
  CHECK(*until == place.clock.now() + 2h);
  CHECK(place.value() == "new");
  CHECK(place.previous() == "old");
  CHECK(place.metadata().created_at == place.clock.now() - 24h);
  CHECK(place.metadata().updated_at == place.clock.now());
  CHECK(place.metadata().expires_at == place.clock.now() + 90h);
  CHECK(place.metadata().previous_until == *until);
  CHECK(place.metadata().description == "for the tests");
}

TEST_CASE("a day is the grace of a rotation, and the new value has no expiry of its own") {
  Place place;
  CHECK(**place.rotate("new") == place.clock.now() + 24h);
  CHECK_FALSE(place.metadata().expires_at.has_value());
}

TEST_CASE("without grace nothing is kept, also of the rotation before") {
  Place place;
  REQUIRE(place.rotate("new").ok());
  const auto until = place.rotate("newer", {.grace = 0ms});
  REQUIRE(until.ok());
  CHECK_FALSE(until->has_value());
  CHECK(place.value() == "newer");
  CHECK(place.kept() == "(none)");
  CHECK_FALSE(place.metadata().previous_until.has_value());
  CHECK(place.rotation.undo(github).error().code == ErrorCode::not_found);
}

TEST_CASE("the second rotation keeps the value of the first") {
  Place place;
  REQUIRE(place.rotate("new", {.grace = 2h}).ok());
  place.clock.advance(1h);
  CHECK(**place.rotate("newer", {.grace = 2h}) == place.clock.now() + 2h);
  CHECK(place.value() == "newer");
  CHECK(place.previous() == "new");
}

TEST_CASE("the same value again replaces nothing and does not prolong the grace") {
  Place place;
  const auto until = place.rotate("new", {.grace = 2h});
  place.clock.advance(1h);
  CHECK(*place.rotate("new", {.grace = 9h}) == *until);
  CHECK(place.previous() == "old");
  REQUIRE(place.rotate("new", {.grace = 0ms}).ok());
  CHECK(place.kept() == "(none)");
}

TEST_CASE("a credential of which nothing is known is rotated and known from then on") {
  Place place;
  place.notes.rows.clear();
  REQUIRE(place.rotate("new").ok());
  CHECK(place.previous() == "old");
  CHECK(place.metadata().created_at == place.clock.now());
  CHECK(place.metadata().kind == "text");
}

TEST_CASE("what cannot be a value, or is of no credential, changes nothing") {
  Place place;
  CHECK(place.rotate(" \n").error().code == ErrorCode::invalid_argument);
  const auto unknown = place.rotation.rotate(gitlab, Secret::copy_of("new"));
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().code == ErrorCode::not_found);
  CHECK(unknown.error().message == "no credential 'gitlab'");
  CHECK(place.value(gitlab) == "(none)");
  CHECK(place.notes.rows.size() == 1);
  CHECK(place.kept() == "(none)");
}

TEST_CASE("a value before is handed out until its time is over, and then by nobody") {
  Place place;
  REQUIRE(place.rotate("new", {.grace = 2h}).ok());
  place.clock.advance(2h - 1us);
  CHECK(place.previous() == "old");
  place.clock.advance(1us);
  CHECK(place.kept() == "old");
  CHECK(place.previous() == "(none)");
  const auto refused = place.rotation.undo(github);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message == "no value of 'github' from before is kept");
  CHECK(place.value() == "new");
}

TEST_CASE("a value before whose end nobody knows is not handed out") {
  Place place;
  place.values.values[CredentialKey::previous_of(github)] = "stray";
  CHECK(place.previous() == "(none)");
  place.notes.rows.clear();
  CHECK(place.previous() == "(none)");
  place.clock.advance(1h);
  REQUIRE(place.rotate("new").ok());
  CHECK(place.previous() == "old");
}

TEST_CASE("undo brings the value before back, once") {
  Place place;
  REQUIRE(place.rotate("new", {.expires_at = place.clock.now() + 90h}).ok());
  place.clock.advance(1h);
  REQUIRE(place.rotation.undo(github).ok());
  CHECK(place.value() == "old");
  CHECK(place.kept() == "(none)");
  CHECK(place.metadata().updated_at == place.clock.now());
  CHECK_FALSE(place.metadata().previous_until.has_value());
  // That was the expiry of the value which is gone.
  CHECK_FALSE(place.metadata().expires_at.has_value());
  CHECK(place.rotation.undo(github).error().code == ErrorCode::not_found);
  CHECK(place.rotation.undo(gitlab).error().message == "no credential 'gitlab'");
}

TEST_CASE("what is overdue is dropped, in this namespace alone, and what is not stays") {
  Place place;
  REQUIRE(place.rotate("new", {.grace = 2h}).ok());
  place.values.values[gitlab] = "old too";
  REQUIRE(place.rotation.rotate(gitlab, Secret::copy_of("new too"), {.grace = 4h}).ok());
  const auto tenant = *CredentialNamespace::parse("tenant-a");
  place.notes.rows.insert_or_assign({tenant, github}, place.metadata());
  place.clock.advance(3h);
  REQUIRE(place.rotation.drop_overdue().ok());
  CHECK(place.kept() == "(none)");
  CHECK(place.value() == "new");
  CHECK_FALSE(place.metadata().previous_until.has_value());
  CHECK(place.value(CredentialKey::previous_of(gitlab)) == "old too");
  CHECK(place.notes.rows.at({tenant, github}).previous_until.has_value());
}

TEST_CASE("rotation drops what is overdue of other credentials") {
  Place place;
  REQUIRE(place.rotate("new", {.grace = 2h}).ok());
  place.values.values[gitlab] = "old too";
  place.clock.advance(3h);
  REQUIRE(place.rotation.rotate(gitlab, Secret::copy_of("new too")).ok());
  CHECK(place.kept() == "(none)");
}

TEST_CASE("a credential is removed with its value before and all that is known of it") {
  Place place;
  REQUIRE(place.rotate("new").ok());
  CHECK(*place.rotation.remove(github));
  CHECK(place.values.values.empty());
  CHECK(place.notes.rows.empty());
  CHECK_FALSE(*place.rotation.remove(github));
}

TEST_CASE("metadata without a value are removed as well") {
  Place place;
  place.values.values.clear();
  CHECK(*place.rotation.remove(github));
  CHECK(place.notes.rows.empty());
}

namespace {

/// A rotation that has to wait for its turn; meanwhile another process does `what`.
CredentialRotation after_waiting(Place& place, const std::function<void()>& what) {
  return {place.values, place.notes, place.credential_namespace, place.clock, [what] {
            what();
            return Result(core::CredentialTurn());
          }};
}

}  // namespace

TEST_CASE("of two rotations at once the second keeps the value of the first") {
  Place place;
  auto second = after_waiting(place, [&] { REQUIRE(place.rotate("first").ok()); });
  REQUIRE(second.rotate(github, Secret::copy_of("second")).ok());
  CHECK(place.value() == "second");
  CHECK(place.previous() == "first");
}

TEST_CASE("of two that undo a rotation at once the second finds nothing to undo") {
  Place place;
  REQUIRE(place.rotate("new").ok());
  auto second = after_waiting(place, [&] { REQUIRE(place.rotation.undo(github).ok()); });
  CHECK(second.undo(github).error().code == ErrorCode::not_found);
  CHECK(place.value() == "old");
}

TEST_CASE("what is rotated again just before it would be dropped stays") {
  Place place;
  REQUIRE(place.rotate("new", {.grace = 2h}).ok());
  place.clock.advance(3h);
  auto dropping = after_waiting(place, [&] { REQUIRE(place.rotate("newer").ok()); });
  REQUIRE(dropping.drop_overdue().ok());
  CHECK(place.previous() == "new");
}

TEST_CASE("without its turn a rotation changes nothing") {
  Place place;
  const Error busy{ErrorCode::credential, "another goflow has it"};
  CredentialRotation rotation{place.values, place.notes, {}, place.clock, [&] {
                                return Result<core::CredentialTurn>(busy);
                              }};
  CHECK(rotation.rotate(github, Secret::copy_of("new")).error().message == busy.message);
  CHECK(rotation.remove(github).error().message == busy.message);
  CHECK(place.value() == "old");
  CHECK(place.notes.rows.size() == 1);
}

namespace {

using Step = Result<void> (*)(Place& place);

Result<void> rotate_to_new(Place& place) {
  GOFLOW_TRY(place.rotate("new"));
  return {};
}

/// Cuts the work off at each of its calls in turn, before and after; `check` looks at what is left.
template <class Prepare, class Check>
void cut_off_everywhere(const Prepare& prepare, Step step, const Check& check) {
  for (const auto moment : {Interruption::Moment::before, Interruption::Moment::after}) {
    int call = 1;
    for (;; ++call) {
      CAPTURE(call);
      CAPTURE(static_cast<int>(moment));
      Place place;
      prepare(place);
      place.interruption.at(call, moment);
      const auto done = step(place);
      const bool was_cut_off = place.interruption.has_come();
      place.interruption.never();
      if (!was_cut_off) {
        CHECK(done.ok());
        break;
      }
      CHECK_FALSE(done.ok());
      check(place);
    }
    CHECK(call > 4);
  }
}

}  // namespace

TEST_CASE("a rotation that is cut off at any point loses neither value, and can be repeated") {
  cut_off_everywhere([](Place&) {},
                     rotate_to_new,
                     [](Place& place) {
                       const bool is_replaced = place.value() == "new";
                       if (is_replaced) {
                         CHECK(place.previous() == "old");
                       } else {
                         CHECK(place.value() == "old");
                       }
                       REQUIRE(place.rotate("new").ok());
                       CHECK(place.value() == "new");
                       CHECK(place.previous() == "old");
                       CHECK(place.metadata().updated_at == place.clock.now());
                     });
}

TEST_CASE("the same holds for the second rotation, within the grace of the first or past it") {
  for (const auto pause : {1h, 3h}) {
    CAPTURE(pause.count());
    cut_off_everywhere(
        [&](Place& place) {
          REQUIRE(place.rotate("between", {.grace = 2h}).ok());
          place.clock.advance(pause);
        },
        rotate_to_new,
        [](Place& place) {
          if (place.value() == "new") {
            CHECK(place.previous() == "between");
          } else {
            CHECK(place.value() == "between");
          }
          // What is left is not kept for ever.
          place.clock.advance(25h);
          REQUIRE(place.rotation.drop_overdue().ok());
          CHECK(place.kept() == "(none)");
        });
  }
}

TEST_CASE("what a rotation leaves behind that is cut off ends with its grace") {
  cut_off_everywhere([](Place&) {},
                     rotate_to_new,
                     [](Place& place) {
                       place.clock.advance(24h);
                       CHECK(place.previous() == "(none)");
                       REQUIRE(place.rotation.drop_overdue().ok());
                       CHECK(place.kept() == "(none)");
                     });
}

TEST_CASE("a rotation without grace that is cut off has one of the two values") {
  cut_off_everywhere([](Place&) {},
                     [](Place& place) -> Result<void> {
                       GOFLOW_TRY(place.rotate("new", {.grace = 0ms}));
                       return {};
                     },
                     [](Place& place) {
                       CHECK((place.value() == "new" || place.value() == "old"));
                       CHECK(place.kept() == "(none)");
                     });
}

TEST_CASE("an undo that is cut off does not lose the value before") {
  cut_off_everywhere([](Place& place) { REQUIRE(place.rotate("new").ok()); },
                     [](Place& place) { return place.rotation.undo(github); },
                     [](Place& place) {
                       CHECK((place.value() == "old" || place.previous() == "old"));
                       CHECK((place.value() == "old" || place.rotation.undo(github).ok()));
                       CHECK(place.value() == "old");
                     });
}

TEST_CASE("a removal that is cut off leaves no value before behind when it is repeated") {
  Place place;
  for (int call = 1; call <= 3; ++call) {
    REQUIRE(place.rotate("new" + std::to_string(call)).ok());
    place.interruption.at(call, Interruption::Moment::after);
    CHECK_FALSE(place.rotation.remove(github).ok());
    place.interruption.never();
    // The value goes only after the one before, which is not listed.
    CHECK(place.kept() == "(none)");
    place.values.values[github] = "again";
  }
}
