#include "core/instance/default_instance.hpp"

#include "tests/support/fixed_clock.hpp"
#include "tests/support/instance_rows.hpp"
#include "tests/support/memory_execution_store.hpp"
#include "tests/support/memory_instance_store.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using core::Instance;

namespace {

struct Home {
  Instance default_of(const std::string& workflow_id) {
    auto instance = core::default_instance(workflow_id, instances, "ann", clock);
    REQUIRE(instance.ok());
    return *std::move(instance);
  }

  void add(const std::string& workflow_id, const std::string& id, const std::string& slug) {
    Instance instance = test::an_instance(id, slug);
    instance.workflow_id = workflow_id;
    REQUIRE(instances.create(instance).ok());
  }

  test::MemoryExecutionStore executions;
  test::MemoryInstanceStore instances{executions};
  test::FixedClock clock{test::noon};
};

/// Between its look and its attempt to create, another process is faster once.
class RacedStore final : public core::InstanceStore {
 public:
  RacedStore(core::InstanceStore& store, Instance rival) : store_(store), rival_(rival) {}

  core::Result<void> create(const Instance& instance) override {
    if (rival_) REQUIRE(store_.create(*std::exchange(rival_, std::nullopt)).ok());
    return store_.create(instance);
  }
  core::Result<std::optional<Instance>> find(const std::string& id_or_slug) override {
    return store_.find(id_or_slug);
  }
  core::Result<std::vector<Instance>> list(const std::optional<std::string>& id) override {
    return store_.list(id);
  }
  core::Result<Instance> update(
      const std::string& id, const std::function<core::Result<void>(Instance&)>& change) override {
    return store_.update(id, change);
  }
  core::Result<void> remove(const std::string& id) override { return store_.remove(id); }
  core::Result<std::optional<std::string>> default_of(const std::string& id) override {
    return store_.default_of(id);
  }
  core::Result<void> set_default(const std::string& workflow_id,
                                 const std::string& instance_id,
                                 core::Timestamp now) override {
    return store_.set_default(workflow_id, instance_id, now);
  }

 private:
  core::InstanceStore& store_;
  std::optional<Instance> rival_;
};

}  // namespace

TEST_CASE("the first run of a workflow makes its default instance, and the next finds it") {
  Home home;
  const Instance made = home.default_of("nightly");
  CHECK(made.id.starts_with("win-"));
  CHECK(made.name == "nightly-default");
  CHECK(made.slug == "nightly-default");
  CHECK(made.workflow_id == "nightly");
  CHECK(made.description == "Default instance (auto-created, no custom configuration)");
  CHECK(made.inputs.empty());
  CHECK(made.created_at == test::noon);
  CHECK(made.audit.created_by == "ann");
  CHECK(made.audit.event == "created");
  CHECK(home.instances.default_of("nightly")->value() == made.id);
  CHECK(home.default_of("nightly").id == made.id);
  CHECK(home.instances.list(std::nullopt)->size() == 1);
}

TEST_CASE("the slug of a default instance is that of the workflow, whatever its id is made of") {
  Home home;
  CHECK(home.default_of("my_flow").slug == "myflow-default");
  CHECK(home.default_of("_").slug == "default");
  CHECK(home.default_of("a-_").slug == "a-default");
  CHECK(home.default_of(std::string(250, 'x')).slug == std::string(180, 'x') + "-default");
}

TEST_CASE("a recorded default instance is used, whatever it is called") {
  Home home;
  home.add("nightly", "win-1", "mine");
  home.add("nightly", "win-2", "nightly-default");
  REQUIRE(home.instances.set_default("nightly", "win-1", test::noon).ok());
  CHECK(home.default_of("nightly").id == "win-1");
}

TEST_CASE("an instance that only looks like the recorded id is not it") {
  Home home;
  home.add("weekly", "win-2", "win-1");
  REQUIRE(home.instances.set_default("nightly", "win-1", test::noon).ok());
  CHECK(home.default_of("nightly").slug == "nightly-default");
}

TEST_CASE("a default instance that was made but not recorded is found by its slug") {
  Home home;
  home.add("nightly", "win-1", "nightly-default");
  CHECK(home.default_of("nightly").id == "win-1");
  CHECK(home.instances.default_of("nightly")->value() == "win-1");
}

TEST_CASE("a default instance that was deleted is made anew, and that is recorded") {
  Home home;
  const std::string first = home.default_of("nightly").id;
  REQUIRE(home.instances.remove(first).ok());
  const Instance second = home.default_of("nightly");
  CHECK(second.id != first);
  CHECK(second.slug == "nightly-default");
  CHECK(home.instances.default_of("nightly")->value() == second.id);
}

TEST_CASE("a slug that another workflow has gets a number") {
  Home home;
  home.add("weekly", "win-1", "nightly-default");
  home.add("weekly", "win-2", "nightly-default-2");
  const Instance made = home.default_of("nightly");
  CHECK(made.slug == "nightly-default-3");
  CHECK(home.default_of("nightly").id == made.id);
}

TEST_CASE("a numbered default instance that was not recorded is found again") {
  Home home;
  home.add("weekly", "win-1", "nightly-default");
  home.add("nightly", "win-2", "nightly-default-2");
  CHECK(home.default_of("nightly").id == "win-2");
}

TEST_CASE("who loses the race for a default instance takes that of the winner") {
  Home home;
  RacedStore raced(home.instances, test::an_instance("win-1", "nightly-default"));
  const auto got = core::default_instance("nightly", raced, "ann", home.clock);
  REQUIRE(got.ok());
  CHECK(got->id == "win-1");
  CHECK(home.instances.default_of("nightly")->value() == "win-1");
}

TEST_CASE("who loses the race for the slug to another workflow goes on to the next one") {
  Home home;
  Instance rival = test::an_instance("win-1", "nightly-default");
  rival.workflow_id = "weekly";
  RacedStore raced(home.instances, rival);
  const auto got = core::default_instance("nightly", raced, "ann", home.clock);
  REQUIRE(got.ok());
  CHECK(got->slug == "nightly-default-2");
}
