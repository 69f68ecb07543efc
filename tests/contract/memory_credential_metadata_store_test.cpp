#include "tests/support/memory_credential_metadata_store.hpp"

#include "tests/contract/credential_metadata_store_contract.hpp"

#include <doctest/doctest.h>

using namespace goflow;

TEST_CASE("the store in memory keeps the contract of what is known of credentials") {
  test::credential_metadata_store_contract(
      [] { return std::make_unique<test::MemoryCredentialMetadataStore>(); });
}
