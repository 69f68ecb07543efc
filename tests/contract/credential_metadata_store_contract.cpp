#include "tests/contract/credential_metadata_store_contract.hpp"

#include "tests/contract/contract_case.hpp"
#include "tests/support/history_rows.hpp"

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

namespace goflow::test {
namespace {

using core::CredentialKey;
using core::CredentialMetadata;
using core::CredentialMetadataStore;
using core::CredentialNamespace;

const CredentialNamespace no_namespace;

CredentialKey key(const std::string& text) {
  return *CredentialKey::parse(text);
}

CredentialNamespace named(const std::string& text) {
  return *CredentialNamespace::parse(text);
}

CredentialMetadata described_as(const std::string& description) {
  return {.created_at = noon, .updated_at = noon, .description = description};
}

std::string description_of(CredentialMetadataStore& store,
                           const CredentialNamespace& credential_namespace,
                           const std::string& name) {
  const auto found = store.find(credential_namespace, key(name));
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  return (*found)->description;
}

void every_member_comes_back(CredentialMetadataStore& store) {
  using std::chrono::hours;
  const CredentialMetadata metadata{.created_at = noon - hours(48),
                                    .updated_at = noon,
                                    .expires_at = noon + hours(24),
                                    .description = "the key of \"the shop\"\nsecond line \xC3\xA9",
                                    .labels = {{"env", "prod"}, {"owner", ""}},
                                    .kind = "structured",
                                    .public_fields = {"user", "host,port"},
                                    .previous_until = noon + hours(1)};
  REQUIRE(store.put(no_namespace, key("prod/db"), metadata).ok());
  const auto found = store.find(no_namespace, key("prod/db"));
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  CHECK((*found)->created_at == metadata.created_at);
  CHECK((*found)->updated_at == metadata.updated_at);
  CHECK((*found)->expires_at == metadata.expires_at);
  CHECK((*found)->description == metadata.description);
  CHECK((*found)->labels == metadata.labels);
  CHECK((*found)->kind == "structured");
  CHECK((*found)->public_fields == metadata.public_fields);
  CHECK((*found)->previous_until == metadata.previous_until);
}

void what_was_not_said_is_absent(CredentialMetadataStore& store) {
  REQUIRE(store.put(no_namespace, key("github"), {.created_at = noon, .updated_at = noon}).ok());
  const auto found = store.find(no_namespace, key("github"));
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  CHECK_FALSE((*found)->expires_at);
  CHECK_FALSE((*found)->previous_until);
  CHECK((*found)->description.empty());
  CHECK((*found)->labels.empty());
  CHECK((*found)->public_fields.empty());
  CHECK((*found)->kind == "text");
}

void putting_again_replaces_all_of_it(CredentialMetadataStore& store) {
  CredentialMetadata first = described_as("first");
  first.expires_at = noon;
  first.labels = {{"env", "prod"}};
  REQUIRE(store.put(no_namespace, key("github"), first).ok());
  REQUIRE(store.put(no_namespace, key("github"), described_as("second")).ok());
  const auto found = store.find(no_namespace, key("github"));
  CHECK((*found)->description == "second");
  CHECK_FALSE((*found)->expires_at);
  CHECK((*found)->labels.empty());
  CHECK(store.list()->size() == 1);
}

void absence_is_a_value(CredentialMetadataStore& store) {
  const auto found = store.find(no_namespace, key("none"));
  REQUIRE(found.ok());
  CHECK_FALSE(found->has_value());
  CHECK(*store.remove(no_namespace, key("none")) == false);
  REQUIRE(store.list().ok());
  CHECK(store.list()->empty());
}

void namespaces_are_apart(CredentialMetadataStore& store) {
  REQUIRE(store.put(no_namespace, key("github"), described_as("of nobody")).ok());
  REQUIRE(store.put(named("tenant-a"), key("github"), described_as("of a")).ok());
  CHECK(description_of(store, no_namespace, "github") == "of nobody");
  CHECK(description_of(store, named("tenant-a"), "github") == "of a");
  CHECK_FALSE(store.find(named("tenant-b"), key("github"))->has_value());
  CHECK(*store.remove(named("tenant-a"), key("github")));
  CHECK_FALSE(store.find(named("tenant-a"), key("github"))->has_value());
  CHECK(description_of(store, no_namespace, "github") == "of nobody");
}

void keys_differ_by_case(CredentialMetadataStore& store) {
  REQUIRE(store.put(no_namespace, key("github"), described_as("small")).ok());
  REQUIRE(store.put(no_namespace, key("GitHub"), described_as("large")).ok());
  CHECK(description_of(store, no_namespace, "github") == "small");
  CHECK(description_of(store, no_namespace, "GitHub") == "large");
}

void lists_by_namespace_and_key(CredentialMetadataStore& store) {
  for (const char* name : {"b", "a/2", "B", "a"}) {
    REQUIRE(store.put(no_namespace, key(name), described_as(name)).ok());
  }
  REQUIRE(store.put(named("tenant-a"), key("a"), described_as("of a tenant")).ok());
  const auto listed = store.list();
  REQUIRE(listed.ok());
  std::vector<std::string> names;
  for (const core::DescribedCredential& credential : *listed) {
    names.push_back(credential.credential_namespace.text() + "|" + credential.key.text());
  }
  CHECK(names == std::vector<std::string>{"|B", "|a", "|a/2", "|b", "tenant-a|a"});
  CHECK(listed->back().metadata.description == "of a tenant");
}

void threads_may_write_at_once(CredentialMetadataStore& store) {
  constexpr int writers = 8;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < writers; ++i) {
      threads.emplace_back([&store, i] {
        static_cast<void>(store.put(no_namespace, key("key-" + std::to_string(i)), {}));
      });
    }
  }
  CHECK(store.list()->size() == writers);
}

}  // namespace

void credential_metadata_store_contract(
    const std::function<std::unique_ptr<CredentialMetadataStore>()>& make) {
  GOFLOW_CONTRACT_CASE(every_member_comes_back)
  GOFLOW_CONTRACT_CASE(what_was_not_said_is_absent)
  GOFLOW_CONTRACT_CASE(putting_again_replaces_all_of_it)
  GOFLOW_CONTRACT_CASE(absence_is_a_value)
  GOFLOW_CONTRACT_CASE(namespaces_are_apart)
  GOFLOW_CONTRACT_CASE(keys_differ_by_case)
  GOFLOW_CONTRACT_CASE(lists_by_namespace_and_key)
  GOFLOW_CONTRACT_CASE(threads_may_write_at_once)
}

}  // namespace goflow::test
