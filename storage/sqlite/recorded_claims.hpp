// Values that are kept in a blob store, in the rows that have them: there stands a claim instead.
#pragma once

#include "core/claimcheck/claimed_value.hpp"
#include "core/claimcheck/value_origin.hpp"
#include "core/execution/execution.hpp"
#include "storage/sqlite/database.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::storage {

// All of it within the `work` of a read() or write().

/// Who a column belongs to: "node", and its id.
struct RowOwner {
  std::string_view kind;
  std::string id;
};

/// The columns of one row, on their way into it.
class ClaimingColumns {
 public:
  ClaimingColumns(std::string execution_id, RowOwner owner)
      : execution_id_(std::move(execution_id)), owner_(std::move(owner)) {}

  /// The value as JSON; nullopt: null. A claim stands for all of it, or for members of it.
  std::optional<std::string> json(const core::Value& value, std::string_view slot);
  /// For a row whose id is given by the database.
  void set_owner_id(const std::string& id);
  [[nodiscard]] bool has_claims() const { return !references_.empty(); }
  /// Makes known who refers to what; the row must be there.
  core::Result<void> write_references(Database& database) const;
  /// The same for a row that was there before and may have had other claims.
  core::Result<void> replace_references(Database& database) const;

 private:
  void refer(std::string slot, const core::ClaimedValue& value);

  std::string execution_id_;
  RowOwner owner_;
  std::vector<core::BlobReference> references_;
};

/// Where the rows of an execution have claims, on the way back. What only looks like one is left as
/// it is.
class RecordedClaims {
 public:
  RecordedClaims(Database& database, const std::string& execution_id, core::ClaimReader& reader);

  /// `called` is what the workflow calls the value.
  [[nodiscard]] core::Value restored(core::Value value,
                                     const RowOwner& owner,
                                     std::string_view slot,
                                     std::string_view called) const;
  void restore(core::Execution& execution) const;
  void restore(core::NodeExecution& node) const;

 private:
  struct Known {
    std::string key;
    core::Encoding encoding = core::Encoding::json;
  };

  [[nodiscard]] std::optional<core::Value> behind(const core::Value& value,
                                                  const core::Slot& slot,
                                                  std::string_view called) const;
  core::ClaimReader& reader_;
  std::map<core::Slot, Known> known_;
  std::map<std::string, core::ValueOrigin> origins_;  // by key
};

}  // namespace goflow::storage
