#include "core/execution/naming.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace goflow::core;

TEST_CASE("slugs are made of names as the specification's table says") {
  const std::vector<std::pair<std::string, std::string>> table{
      {"My Agent", "my-agent"},
      {"---hyphens---", "hyphens"},
      {"Agent@123!", "agent123"},
      {"multiple---hyphens", "multiple-hyphens"},
      {"my   cool   agent", "my-cool-agent"},
      {"Agent 你好", "agent"},
      {"Agent_Test", "agenttest"},
      {"  spaces  ", "spaces"},
      {"my.test.agent", "mytestagent"},
      {"123Agent", "123agent"}};
  for (const auto& [name, slug] : table) {
    CAPTURE(name);
    CHECK(*slug_of(name) == slug);
  }
}

TEST_CASE("a name that is empty, too long or leaves nothing is refused") {
  CHECK(slug_of("").error().code == ErrorCode::invalid_argument);
  CHECK(slug_of("你好").error().message == "the name '你好' leaves nothing for a slug");
  CHECK(slug_of(std::string(200, 'a')).ok());
  CHECK(slug_of(std::string(201, 'a')).error().message == "a name has 1 to 200 characters");
}

TEST_CASE("tags are words, each once and in their own order") {
  using Tags = std::vector<std::string>;
  CHECK(*checked_tags({"b", "a", "b"}) == Tags{"a", "b"});
  CHECK(checked_tags({"A1._:/-"}).ok());
  for (const char* tag : {"", "-a", "a b", "ä", "a,b"}) {
    CAPTURE(tag);
    CHECK(checked_tags({tag}).error().code == ErrorCode::invalid_argument);
  }
  CHECK(checked_tags({std::string(63, 'a')}).ok());
  CHECK_FALSE(checked_tags({std::string(64, 'a')}).ok());
  Tags many;
  for (int i = 0; i < 65; ++i) {
    many.push_back("t" + std::to_string(i));
  }
  CHECK(checked_tags(many).error().message == "more than 64 tags");
}

TEST_CASE("labels have a key and a value, and of a repeated key the last one counts") {
  CHECK(*checked_labels({"env=prod", "a=b=c", "env=test"}) ==
        TextMap{{"a", "b=c"}, {"env", "test"}});
  CHECK(checked_labels({"env="})->at("env").empty());
  CHECK(checked_labels({"env"}).error().message == "label 'env' has no value");
  CHECK(checked_labels({"env"}, "annotation").error().message == "annotation 'env' has no value");
  CHECK(checked_labels({"=x"}, "annotation").error().message ==
        "'' cannot be the key of an annotation");
  CHECK_FALSE(checked_labels({"=x"}).ok());
  CHECK(checked_labels({"k=" + std::string(256, 'v')}).ok());
  CHECK_FALSE(checked_labels({"k=" + std::string(257, 'v')}).ok());
}
