#include "storage/sqlite/signals.hpp"

#include "storage/sqlite/query.hpp"
#include "storage/sqlite/recorded_claims.hpp"
#include "storage/sqlite/rows.hpp"

#include <string_view>

namespace goflow::storage {
namespace {

constexpr std::string_view insert_signal = R"sql(
INSERT INTO signals (id, execution_id, name, payload, sent_by, sent_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6))sql";

// A new number, so that whoever watches the run looks again.
constexpr std::string_view count_change = R"sql(
UPDATE executions SET change_seq = change_seq + 1 WHERE id = ?1)sql";

constexpr std::string_view select_taken = R"sql(
SELECT id, name, payload, sent_by, sent_at FROM signals
  WHERE execution_id = ?1 AND name = ?2 AND consumed_by = ?3)sql";

// The ids of two processes may be out of order within a millisecond; row numbers are not.
constexpr std::string_view select_open = R"sql(
SELECT id, name, payload, sent_by, sent_at FROM signals
  WHERE execution_id = ?1 AND name = ?2 AND consumed_at IS NULL AND (?3 IS NULL OR sent_at <= ?3)
  ORDER BY rowid LIMIT 1)sql";

constexpr std::string_view update_taken = R"sql(
UPDATE signals SET consumed_by = ?2, consumed_at = ?3 WHERE id = ?1)sql";

core::Signal read_signal(Query& row) {
  core::Signal signal;
  signal.id = row.text();
  signal.name = row.text();
  signal.payload = read_json(row);
  signal.sent_by = row.text();
  signal.sent_at = read_time(row);
  return signal;
}

}  // namespace

core::Result<void> add_signal(Database& database,
                              const std::string& execution_id,
                              const core::Signal& signal) {
  ClaimingColumns columns(execution_id, {"signal", signal.id});
  Query(database, insert_signal)
      .bind(signal.id,
            execution_id,
            signal.name,
            columns.json(signal.payload, "payload"),
            signal.sent_by,
            signal.sent_at)
      .run();
  Query(database, count_change).bind(execution_id).run();
  return columns.write_references(database);
}

std::optional<core::Signal> take_signal(Database& database,
                                        const SignalWanted& wanted,
                                        core::Timestamp now) {
  Query taken(database, select_taken);
  if (taken.bind(wanted.execution_id, wanted.name, wanted.path).next()) return read_signal(taken);
  Query open(database, select_open);
  if (!open.bind(wanted.execution_id, wanted.name, wanted.until).next()) return std::nullopt;
  core::Signal signal = read_signal(open);
  Query(database, update_taken).bind(signal.id, wanted.path, now).run();
  return signal;
}

}  // namespace goflow::storage
