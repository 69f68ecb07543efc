#include "tests/contract/credential_store_contract.hpp"

#include "core/secret/credential_value.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace goflow::test {
namespace {

using core::CredentialKey;
using core::CredentialNamespace;
using core::CredentialStore;
using core::ErrorCode;
using core::Secret;

CredentialKey key_of(std::string_view text) {
  return *CredentialKey::parse(text);
}

void store_value(CredentialStore& store, const CredentialKey& key, std::string_view value) {
  const auto stored = store.set(key, Secret::copy_of(value));
  REQUIRE_MESSAGE(stored.ok(), key.text() << ": " << stored.error().message);
}

/// "(none)" when there is no such key; a failure of the store fails the test.
std::string value_of(CredentialStore& store, const CredentialKey& key) {
  const auto found = store.get(key);
  REQUIRE_MESSAGE(found.ok(), key.text() << ": " << found.error().message);
  return *found ? std::string((*found)->expose()) : "(none)";
}

std::vector<std::string> keys_of(CredentialStore& store) {
  const auto listed = store.list();
  REQUIRE_MESSAGE(listed.ok(), listed.error().message);
  std::vector<std::string> keys;
  for (const auto& entry : *listed) {
    keys.push_back(entry.key.text());
  }
  return keys;
}

std::string every_byte(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<char>((i * 7 + i / 256) & 0xFFU);
  }
  return bytes;
}

void what_is_stored_is_found_by_whoever_opens_the_place(const OpenCredentials& open) {
  store_value(*open({}), key_of("github"), "ghp_token");
  const auto store = open({});
  CHECK(value_of(*store, key_of("github")) == "ghp_token");
  CHECK(*store->exists(key_of("github")));
  CHECK(keys_of(*store) == std::vector<std::string>{"github"});
}

void what_is_not_there_is_told_apart_from_failure(const OpenCredentials& open) {
  const auto store = open({});
  CHECK(value_of(*store, key_of("none")) == "(none)");
  CHECK_FALSE(*store->exists(key_of("none")));
  CHECK_FALSE(*store->remove(key_of("none")));
  CHECK(keys_of(*store).empty());
}

void a_value_is_replaced_and_the_key_stays_one(const OpenCredentials& open) {
  const auto store = open({});
  store_value(*store, key_of("github"), "a first and longer token");
  store_value(*store, key_of("github"), "second");
  store_value(*store, key_of("github"), "second");
  CHECK(value_of(*store, key_of("github")) == "second");
  CHECK(keys_of(*store) == std::vector<std::string>{"github"});
}

void what_is_removed_is_gone_and_may_come_again(const OpenCredentials& open) {
  const auto store = open({});
  store_value(*store, key_of("github"), "token");
  store_value(*store, key_of("gitlab"), "other");
  CHECK(*store->remove(key_of("github")));
  CHECK_FALSE(*store->remove(key_of("github")));
  CHECK_FALSE(*store->exists(key_of("github")));
  CHECK(value_of(*store, key_of("github")) == "(none)");
  CHECK(keys_of(*store) == std::vector<std::string>{"gitlab"});
  store_value(*store, key_of("github"), "again");
  CHECK(value_of(*store, key_of("github")) == "again");
}

void any_bytes_come_back_as_they_were(const OpenCredentials& open) {
  const auto store = open({});
  const std::vector<std::string> values{
      std::string("\0", 1),
      std::string("a\0b", 3),
      "no utf-8: \xFF\xFE\xC3",
      " spaces around \n",
      "line\r\nline\n",
      "p\xC3\xA4ssword",
      every_byte(257),
  };
  for (const std::string& value : values) {
    store_value(*store, key_of("binary"), value);
    CHECK(value_of(*store, key_of("binary")) == value);
  }
}

void a_value_may_have_one_mebibyte_and_no_byte_more(const OpenCredentials& open) {
  const auto store = open({});
  const std::string largest = every_byte(core::largest_credential);
  store_value(*store, key_of("large"), largest);
  CHECK(value_of(*store, key_of("large")) == largest);
  const auto refused = store->set(key_of("large"), Secret::copy_of(largest + "x"));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::invalid_argument);
  CHECK(value_of(*store, key_of("large")) == largest);
}

void an_empty_value_is_refused_and_changes_nothing(const OpenCredentials& open) {
  const auto store = open({});
  store_value(*store, key_of("github"), "token");
  for (const std::string_view value : {"", " ", "\n", " \t\r\n"}) {
    const auto refused = store->set(key_of("github"), Secret::copy_of(value));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::invalid_argument);
  }
  CHECK(value_of(*store, key_of("github")) == "token");
}

void keys_are_told_apart_to_the_letter(const OpenCredentials& open) {
  const auto store = open({});
  const std::vector<std::string> keys{
      "A", "A.b", "A/b", "A:b", "A@b", "A_b", "a", "a.b", std::string(128, 'k')};
  for (const std::string& key : keys) {
    store_value(*store, key_of(key), "value of " + key);
  }
  CHECK(keys_of(*store) == keys);
  for (const std::string& key : keys) {
    CHECK(value_of(*store, key_of(key)) == "value of " + key);
  }
}

void namespaces_do_not_see_each_other(const OpenCredentials& open) {
  const auto common = open({});
  const auto tenant = open(*CredentialNamespace::parse("tenant-a"));
  store_value(*common, key_of("github"), "of all");
  CHECK(value_of(*tenant, key_of("github")) == "(none)");
  store_value(*tenant, key_of("github"), "of the tenant");
  store_value(*tenant, key_of("only"), "here");
  CHECK(value_of(*common, key_of("github")) == "of all");
  CHECK(keys_of(*common) == std::vector<std::string>{"github"});
  CHECK(keys_of(*tenant) == std::vector<std::string>{"github", "only"});
  CHECK(*tenant->remove(key_of("github")));
  CHECK(value_of(*common, key_of("github")) == "of all");
}

void reserved_names_are_kept_and_not_listed(const OpenCredentials& open) {
  const auto store = open({});
  const CredentialKey previous = CredentialKey::previous_of(key_of("github"));
  store_value(*store, key_of("github"), "new");
  store_value(*store, previous, "old");
  CHECK(value_of(*store, previous) == "old");
  CHECK(*store->exists(previous));
  CHECK(keys_of(*store) == std::vector<std::string>{"github"});
  CHECK(*store->remove(previous));
  CHECK(value_of(*store, key_of("github")) == "new");
}

void a_store_that_knows_times_tells_them_truly(const OpenCredentials& open) {
  using namespace std::chrono_literals;
  const auto before = core::SystemClock().now();
  const auto store = open({});
  store_value(*store, key_of("github"), "token");
  const auto listed = store->list();
  REQUIRE(listed.ok());
  const auto after = core::SystemClock().now();
  // Keyrings tell whole seconds.
  for (const auto& time : {listed->at(0).created_at, listed->at(0).updated_at}) {
    if (time) CHECK((*time > before - 2s && *time < after + 2s));
  }
}

void many_keys_are_listed_in_order(const OpenCredentials& open, int many) {
  const auto store = open({});
  std::vector<std::string> expected;
  for (int i = 0; i < many; ++i) {
    expected.push_back("key-" + std::to_string(i * 7919 % many));
    store_value(*store, key_of(expected.back()), "value of " + expected.back());
  }
  std::sort(expected.begin(), expected.end());
  CHECK(keys_of(*store) == expected);
  CHECK(value_of(*store, key_of("key-37")) == "value of key-37");
}

void threads_may_share_a_store(const OpenCredentials& open) {
  const auto store = open({});
  std::vector<int> failures(4);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < failures.size(); ++i) {
      threads.emplace_back([&store, &failed = failures[i], key = key_of("k" + std::to_string(i))] {
        for (int round = 0; round < 5; ++round) {
          const Secret value = Secret::copy_of(key.text() + " " + std::to_string(round));
          const auto stored = store->set(key, value);
          const auto found = store->get(key);
          const bool is_right = stored.ok() && found.ok() && *found;
          if (!is_right || !(*found)->has_same_bytes(value)) ++failed;
        }
      });
    }
  }
  CHECK(failures == std::vector<int>(4, 0));
  CHECK(keys_of(*store) == std::vector<std::string>{"k0", "k1", "k2", "k3"});
}

}  // namespace

#define CREDENTIAL_CASE(name) \
  SUBCASE(#name) {            \
    name(make_place());       \
  }

void credential_store_contract(const std::function<OpenCredentials()>& make_place, int many) {
  CREDENTIAL_CASE(what_is_stored_is_found_by_whoever_opens_the_place)
  CREDENTIAL_CASE(what_is_not_there_is_told_apart_from_failure)
  CREDENTIAL_CASE(a_value_is_replaced_and_the_key_stays_one)
  CREDENTIAL_CASE(what_is_removed_is_gone_and_may_come_again)
  CREDENTIAL_CASE(any_bytes_come_back_as_they_were)
  CREDENTIAL_CASE(a_value_may_have_one_mebibyte_and_no_byte_more)
  CREDENTIAL_CASE(an_empty_value_is_refused_and_changes_nothing)
  CREDENTIAL_CASE(keys_are_told_apart_to_the_letter)
  CREDENTIAL_CASE(namespaces_do_not_see_each_other)
  CREDENTIAL_CASE(reserved_names_are_kept_and_not_listed)
  CREDENTIAL_CASE(a_store_that_knows_times_tells_them_truly)
  SUBCASE("many_keys_are_listed_in_order") {
    many_keys_are_listed_in_order(make_place(), many);
  }
  CREDENTIAL_CASE(threads_may_share_a_store)
}

}  // namespace goflow::test
