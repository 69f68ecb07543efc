#include "tests/support/memory_blob_index.hpp"

#include "tests/contract/blob_index_contract.hpp"

#include <doctest/doctest.h>

using namespace goflow;

namespace {

class MemoryPlace final : public test::BlobIndexPlace {
 public:
  core::BlobIndex& index() override { return index_; }
  void record_run(const std::string& id,
                  core::ExecutionStatus status,
                  std::optional<core::Timestamp> end) override {
    index_.record_run(id, status, end);
  }
  void put_within(const std::string& id, const std::string& outer_id) override {
    index_.put_within(id, outer_id);
  }
  void delete_run(const std::string& id) override { index_.delete_run(id); }
  core::Result<void> refer(const std::vector<core::BlobReference>& references) override {
    return index_.write_references(references);
  }

 private:
  test::MemoryBlobIndex index_;
};

std::unique_ptr<test::BlobIndexPlace> make_place() {
  return std::make_unique<MemoryPlace>();
}

}  // namespace

TEST_CASE("the register in memory keeps the contract of the register of blobs") {
  test::blob_index_contract(make_place);
}

TEST_CASE("the register in memory keeps the contract of what gc asks") {
  test::blob_collection_contract(make_place);
}
