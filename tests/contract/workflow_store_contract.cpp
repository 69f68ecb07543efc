#include "tests/contract/workflow_store_contract.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace goflow::test {
namespace {

using core::WorkflowStore;
using Ids = std::vector<std::string>;

void keeps_bytes(WorkflowStore& store) {
  const std::string text = "# a comment\r\nname: x\n\n\tnot even YAML \xC3\xA9";
  REQUIRE(store.save("x", text).ok());
  const auto found = store.find("x");
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  CHECK((*found)->id == "x");
  CHECK((*found)->text == text);
  CHECK((*found)->updated_at > core::Timestamp());
}

void replaces_whole(WorkflowStore& store) {
  REQUIRE(store.save("x", "a much longer first version").ok());
  REQUIRE(store.save("x", "second").ok());
  CHECK((*store.find("x"))->text == "second");
  CHECK(*store.ids() == Ids{"x"});
}

void absence_is_a_value(WorkflowStore& store) {
  REQUIRE(store.find("none").ok());
  CHECK_FALSE(store.find("none")->has_value());
  CHECK(*store.remove("none") == false);
  CHECK(store.ids()->empty());
  CHECK(store.list()->empty());
}

void orders_by_id(WorkflowStore& store) {
  for (const char* id : {"b", "a-2", "c_1", "a"}) {
    REQUIRE(store.save(id, id).ok());
  }
  CHECK(*store.ids() == Ids{"a", "a-2", "b", "c_1"});
  const auto listed = store.list();
  REQUIRE(listed.ok());
  REQUIRE(listed->size() == 4);
  CHECK(listed->front().id == "a");
  CHECK(listed->back().id == "c_1");
}

void removes(WorkflowStore& store) {
  REQUIRE(store.save("x", "one").ok());
  REQUIRE(store.save("y", "two").ok());
  CHECK(*store.remove("x") == true);
  CHECK_FALSE(store.find("x")->has_value());
  CHECK(*store.ids() == Ids{"y"});
}

void keeps_versions(WorkflowStore& store) {
  CHECK(store.versions("x")->empty());
  REQUIRE(store.save("x", "one").ok());
  REQUIRE(store.save("x", "two").ok());
  auto versions = store.versions("x");
  REQUIRE(versions.ok());
  REQUIRE(versions->size() == 2);
  CHECK(versions->front().number == 2);
  CHECK(versions->front().text == "two");
  CHECK(versions->front().is_current);
  CHECK(versions->back().number == 1);
  CHECK(versions->back().text == "one");
  CHECK_FALSE(versions->back().is_current);
  CHECK(versions->back().saved_at > core::Timestamp());

  REQUIRE(*store.remove("x"));
  versions = store.versions("x");
  REQUIRE(versions->size() == 2);
  CHECK(versions->front().text == "two");
  CHECK_FALSE(versions->front().is_current);

  REQUIRE(store.save("x", "three").ok());
  CHECK(store.versions("x")->front().number == 3);
  CHECK(store.versions("y")->empty());
}

void saves_over_what_was_seen(WorkflowStore& store) {
  REQUIRE(store.save_over(std::nullopt, "x", "one").ok());
  CHECK(store.save_over(std::nullopt, "x", "two").error().code ==
        core::ErrorCode::failed_precondition);
  CHECK(store.save_over("another", "x", "two").error().code ==
        core::ErrorCode::failed_precondition);
  CHECK((*store.find("x"))->text == "one");
  REQUIRE(store.save_over("one", "x", "two").ok());
  CHECK((*store.find("x"))->text == "two");
  REQUIRE(*store.remove("x"));
  CHECK_FALSE(store.save_over("two", "x", "three").ok());
  CHECK_FALSE(store.find("x")->has_value());
}

void refuses_what_is_no_id(WorkflowStore& store) {
  for (const char* id : {"", "..", "../x", "a/b", "A", "a.b", ".hidden", "é", "a b"}) {
    CAPTURE(id);
    const auto saved = store.save(id, "text");
    REQUIRE_FALSE(saved.ok());
    CHECK(saved.error().code == core::ErrorCode::invalid_argument);
    REQUIRE(store.find(id).ok());
    CHECK_FALSE(store.find(id)->has_value());
    CHECK(*store.remove(id) == false);
    CHECK(store.versions(id)->empty());
    CHECK_FALSE(store.save_over(std::nullopt, id, "text").ok());
  }
  CHECK(store.ids()->empty());
}

}  // namespace

void workflow_store_contract(const std::function<std::unique_ptr<core::WorkflowStore>()>& make) {
  SUBCASE("a workflow comes back byte for byte") {
    keeps_bytes(*make());
  }
  SUBCASE("saving again replaces the whole text") {
    replaces_whole(*make());
  }
  SUBCASE("what is not there is absent, not an error") {
    absence_is_a_value(*make());
  }
  SUBCASE("lists are ordered by id") {
    orders_by_id(*make());
  }
  SUBCASE("what was removed is gone, and only that") {
    removes(*make());
  }
  SUBCASE("what is replaced or removed is kept as a version") {
    keeps_versions(*make());
  }
  SUBCASE("a change is not saved over a text that nobody saw") {
    saves_over_what_was_seen(*make());
  }
  SUBCASE("a name that is no id is never stored and never found") {
    refuses_what_is_no_id(*make());
  }
}

}  // namespace goflow::test
