#include "storage/sqlite/recorded_claims.hpp"

#include "core/value/json.hpp"
#include "storage/sqlite/blob_references.hpp"
#include "storage/sqlite/query.hpp"
#include "storage/sqlite/rows.hpp"

#include <algorithm>
#include <utility>

namespace goflow::storage {
namespace {

using core::Value;

// Where a value came into the run stands before where it was passed to: inputs of the execution,
// outputs of nodes in the order in which they ended, then the rest.
constexpr std::string_view select_references = R"sql(
SELECT r.owner_kind, r.owner_id, r.slot, r.key, r.encoding, n.path
  FROM blob_refs r LEFT JOIN node_executions n ON r.owner_kind = 'node' AND n.id = r.owner_id
  WHERE r.execution_id = ?1
  ORDER BY r.owner_kind <> 'execution' OR r.slot = 'return', n.path IS NULL,
    r.slot NOT LIKE 'outputs%', n.change_seq)sql";

constexpr std::string_view select_slots = R"sql(
SELECT slot FROM blob_refs WHERE owner_kind = ?1 AND owner_id = ?2)sql";

constexpr std::string_view delete_reference = R"sql(
DELETE FROM blob_refs WHERE owner_kind = ?1 AND owner_id = ?2 AND slot = ?3)sql";

std::string slot_of(std::string_view column, const std::string& member) {
  return std::string(column) + "/" + member;
}

core::ValueOrigin origin_of(const core::Slot& slot,
                            const std::string& execution_id,
                            const std::string& node_path) {
  constexpr std::string_view inputs = "inputs/";
  if (slot.owner_kind == "execution" && slot.name.starts_with(inputs)) {
    return core::given_as(slot.name.substr(inputs.size()), execution_id);
  }
  return core::made_at({}, execution_id, node_path);
}

std::vector<std::string> slots_of(Database& database, const RowOwner& owner) {
  Query query(database, select_slots);
  query.bind(owner.kind, owner.id);
  std::vector<std::string> slots;
  while (query.next()) {
    slots.push_back(query.text());
  }
  return slots;
}

}  // namespace

std::optional<std::string> ClaimingColumns::json(const Value& value, std::string_view slot) {
  if (const auto whole = core::claimed(value)) {
    refer(std::string(slot), *whole);
  } else if (value.is_object()) {
    for (const auto& [name, member] : value.as_object()) {
      if (const auto kept = core::claimed(member)) refer(slot_of(slot, name), *kept);
    }
  }
  return json_column(has_claims() ? core::with_claims(value) : value);
}

void ClaimingColumns::set_owner_id(const std::string& id) {
  for (core::BlobReference& reference : references_) {
    reference.slot.owner_id = id;
  }
}

core::Result<void> ClaimingColumns::write_references(Database& database) const {
  if (references_.empty()) return {};
  return storage::write_references(database, references_);
}

core::Result<void> ClaimingColumns::replace_references(Database& database) const {
  for (const std::string& slot : slots_of(database, owner_)) {
    const bool stays = std::any_of(references_.begin(), references_.end(), [&](const auto& kept) {
      return kept.slot.name == slot;
    });
    if (!stays) Query(database, delete_reference).bind(owner_.kind, owner_.id, slot).run();
  }
  return write_references(database);
}

void ClaimingColumns::refer(std::string slot, const core::ClaimedValue& value) {
  references_.push_back(
      core::BlobReference{.execution_id = execution_id_,
                          .slot = {std::string(owner_.kind), owner_.id, std::move(slot)},
                          .key = value.claim().key,
                          .encoding = value.encoding()});
}

RecordedClaims::RecordedClaims(Database& database,
                               const std::string& execution_id,
                               core::ClaimReader& reader)
    : reader_(reader) {
  Query query(database, select_references);
  query.bind(execution_id);
  while (query.next()) {
    core::Slot slot{query.text(), query.text(), query.text()};
    Known known{query.text()};
    const auto encoding = core::parse_encoding(query.text());
    if (!encoding) continue;
    known.encoding = *encoding;
    origins_.emplace(known.key, origin_of(slot, execution_id, query.text()));
    known_.emplace(std::move(slot), std::move(known));
  }
}

Value RecordedClaims::restored(Value value,
                               const RowOwner& owner,
                               std::string_view slot,
                               std::string_view called) const {
  if (known_.empty() || !value.is_object()) return value;
  core::Slot place{std::string(owner.kind), owner.id, std::string(slot)};
  if (auto whole = behind(value, place, called)) return *std::move(whole);
  core::Object members;
  for (const auto& [name, member] : value.as_object()) {
    place.name = slot_of(slot, name);
    auto kept = behind(member, place, name);
    members.set(name, kept ? *std::move(kept) : member);
  }
  return members;
}

void RecordedClaims::restore(core::Execution& execution) const {
  if (known_.empty()) return;
  const RowOwner owner{"execution", execution.id};
  execution.inputs = restored(std::move(execution.inputs), owner, "inputs", "inputs").as_object();
  execution.return_value = restored(std::move(execution.return_value), owner, "return", "return");
}

void RecordedClaims::restore(core::NodeExecution& node) const {
  if (known_.empty()) return;
  const RowOwner owner{"node", node.id};
  node.inputs = restored(std::move(node.inputs), owner, "inputs", node.node_id);
  node.outputs = restored(std::move(node.outputs), owner, "outputs", node.node_id);
  node.facts = restored(std::move(node.facts), owner, "facts", node.node_id).as_object();
}

std::optional<Value> RecordedClaims::behind(const Value& value,
                                            const core::Slot& slot,
                                            std::string_view called) const {
  const auto known = known_.find(slot);
  if (known == known_.end()) return std::nullopt;
  auto claim = core::read_claim(value);
  if (!claim || claim->key.text() != known->second.key) return std::nullopt;
  core::ValueOrigin origin = origins_.at(known->second.key);
  origin.name = called;
  return Value(std::make_shared<core::ClaimedValue>(
      *std::move(claim), known->second.encoding, std::move(origin), reader_));
}

}  // namespace goflow::storage
