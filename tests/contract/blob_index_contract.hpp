// What every register of blobs promises.
#pragma once

#include "core/claimcheck/blob_index.hpp"
#include "core/execution/status.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace goflow::test {

/// A register, and the runs that refer to its blobs, which others record.
class BlobIndexPlace {
 public:
  virtual ~BlobIndexPlace() = default;
  virtual core::BlobIndex& index() = 0;
  /// A run as it is now; `end` unless it may still go on.
  virtual void record_run(const std::string& id,
                          core::ExecutionStatus status,
                          std::optional<core::Timestamp> end) = 0;
  /// One of the recorded runs is run by a node of another one.
  virtual void put_within(const std::string& id, const std::string& outer_id) = 0;
  virtual void delete_run(const std::string& id) = 0;
  /// In one transaction, as with the records that hold the claims.
  virtual core::Result<void> refer(const std::vector<core::BlobReference>& references) = 0;
};

/// Runs all cases, each on the empty place that `make` gives.
void blob_index_contract(const std::function<std::unique_ptr<BlobIndexPlace>()>& make);
/// The same for what gc asks of it.
void blob_collection_contract(const std::function<std::unique_ptr<BlobIndexPlace>()>& make);

}  // namespace goflow::test
