#include "storage/sqlite/migrations.hpp"

#include "storage/sqlite/backup.hpp"
#include "storage/sqlite/query.hpp"
#include "storage/sqlite/schema.hpp"

#include <sys/stat.h>

#include <filesystem>

namespace goflow::storage {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

int newest_version() {
  return migrations().back().version;
}

int count_of(Database& database, std::string_view sql) {
  Query query(database, sql);
  query.next();
  return static_cast<int>(query.integer());
}

Error foreign(const std::string& path) {
  return Error{ErrorCode::unavailable, "'" + path + "' is a database, but not one of goflow"}
      .with_hint("move it away, or choose another home: GOFLOW_HOME=DIR goflow …");
}

Error newer(const std::string& path, int version) {
  return Error{ErrorCode::unavailable,
               std::filesystem::path(path).filename().string() + " has schema version " +
                   std::to_string(version) + ", this goflow knows up to " +
                   std::to_string(newest_version())}
      .with_hint("upgrade goflow; an older one cannot read what a newer one wrote");
}

class Upgrade {
 public:
  Upgrade(Database& database, const core::Clock& clock, const HistoryNotice& notice)
      : database_(database), clock_(clock), notice_(notice) {}

  Result<void> run() {
    for (int version = 0; version < newest_version();) {
      // Asked again under the lock: another process may have been faster.
      GOFLOW_TRY(version, database_.write([&] { return take_step(); }));
    }
    return {};
  }

 private:
  Result<int> take_step() {
    GOFLOW_TRY(const int version, recognise_history(database_));
    if (version == newest_version()) return version;
    if (version > 0 && first_step_) GOFLOW_TRY(back_up_first(version));
    first_step_ = false;
    const Migration& next = migrations()[static_cast<std::size_t>(version)];
    next.apply(database_);
    Query(database_, "INSERT INTO migrations (version, applied_at) VALUES (?1, ?2)")
        .bind(next.version, clock_.now())
        .run();
    return next.version;
  }

  Result<void> back_up_first(int version) {
    GOFLOW_TRY(const std::string copy, back_up(database_, version, clock_.now()));
    notice_("the history is upgraded from version " + std::to_string(version) + " to " +
            std::to_string(newest_version()) + "; a copy of the old one is '" + copy + "'");
    return {};
  }

  Database& database_;
  const core::Clock& clock_;
  const HistoryNotice& notice_;
  bool first_step_ = true;
};

}  // namespace

Result<int> recognise_history(Database& database) {
  if (count_of(database, "SELECT count(*) FROM sqlite_schema") == 0) return 0;
  const int ours = count_of(database,
                            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN "
                            "('migrations', 'executions', 'node_executions')");
  if (ours != 3) return foreign(database.path());
  const int version = count_of(database, "SELECT max(version) FROM migrations");
  if (version < 1) return foreign(database.path());
  if (version > newest_version()) return newer(database.path(), version);
  return version;
}

Result<std::shared_ptr<Database>> open_history(const std::string& path,
                                               const core::Clock& clock,
                                               const HistoryNotice& notice) {
  GOFLOW_TRY(std::shared_ptr<Database> database, Database::open(path));
  // Before anything is written, even the journal mode.
  GOFLOW_TRY(const int version, database->read([&] { return recognise_history(*database); }));
  // The original's file is readable by everybody, and the log takes its mode from the file.
  if (version == 1) chmod(path.c_str(), 0600);
  GOFLOW_TRY(const JournalMode mode, database->choose_journal_mode());
  if (mode == JournalMode::rollback) {
    notice("the file system of '" + path +
           "' has no shared memory, so the history uses a rollback journal, which is slower");
  }
  if (version < newest_version()) GOFLOW_TRY(Upgrade(*database, clock, notice).run());
  return database;
}

Result<std::shared_ptr<Database>> open_unwritable_history(const std::string& path) {
  GOFLOW_TRY(std::shared_ptr<Database> database, Database::open_unwritable(path));
  GOFLOW_TRY(const int version, database->read([&] { return recognise_history(*database); }));
  if (version == newest_version()) return database;
  return Error{ErrorCode::unavailable,
               "the history '" + path +
                   "' is from an older goflow and cannot be upgraded, because "
                   "nothing can be written there"}
      .with_hint("check who may write there: ls -ld '" + path + "'");
}

}  // namespace goflow::storage
