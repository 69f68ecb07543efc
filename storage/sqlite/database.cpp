#include "storage/sqlite/database.hpp"

#include "storage/sqlite/database_error.hpp"
#include "storage/sqlite/gathered_log.hpp"
#include "storage/sqlite/search_function.hpp"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace goflow::storage {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

/// SQLite would create the file with the mode of the umask. Its log inherits the mode of the file.
Result<void> create_private_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0 && errno == EEXIST) return {};
  if (descriptor < 0) {
    return Error{ErrorCode::unavailable,
                 "cannot create the history '" + path + "': " + core::errno_text(errno)}
        .with_hint("choose another home: --home DIR, or set GOFLOW_HOME");
  }
  close(descriptor);
  return {};
}

/// Before SQLite's first use: its accounts of memory cost a lock at every allocation.
void switch_off_statistics() {
  static const int switched = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(switched);
}

/// As a path stands in a URI.
std::string escaped(const std::string& path) {
  std::string text;
  for (const char letter : path) {
    const bool is_special = letter == '%' || letter == '?' || letter == '#';
    text += is_special ? fmt::format("%{:02x}", letter) : std::string(1, letter);
  }
  return text;
}

Error to_error(const SQLite::Exception& failure, const std::string& path) {
  return database_error(failure.getExtendedErrorCode(), failure.what(), path);
}

int wait_for_lock(void* patience, int earlier_waits) {
  return static_cast<Patience*>(patience)->wait(earlier_waits) ? 1 : 0;
}

void rolled_back(void* connection) {
  forget_gathered(static_cast<sqlite3*>(connection));
}

/// Undoes what was not committed.
class Transaction {
 public:
  explicit Transaction(SQLite::Database& connection, SQLite::Statement& begin)
      : connection_(connection) {
    begin.exec();
    begin.reset();
  }
  ~Transaction() {
    if (!committed_) connection_.tryExec("ROLLBACK");
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit(SQLite::Statement& commit) {
    commit.exec();
    commit.reset();
    committed_ = true;
  }

 private:
  SQLite::Database& connection_;
  bool committed_ = false;
};

}  // namespace

Database::Database(std::string path, std::unique_ptr<SQLite::Database> connection)
    : path_(std::move(path)), connection_(std::move(connection)) {
  sqlite3_busy_handler(connection_->getHandle(), wait_for_lock, &busy_);
  sqlite3_rollback_hook(connection_->getHandle(), rolled_back, connection_->getHandle());
  add_search_function(connection_->getHandle());
}

Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const std::string& path) {
  GOFLOW_TRY(create_private_file(path));
  switch_off_statistics();
  try {
    // Without SQLite's own mutex: a connection is used by one thread at a time.
    auto connection =
        std::make_unique<SQLite::Database>(path,
                                           SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX,
                                           /*aBusyTimeoutMs=*/0,
                                           gathered_log());
    std::unique_ptr<Database> database(new Database(path, std::move(connection)));
    database->execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL");
    return database;
  } catch (const SQLite::Exception& failure) {
    return to_error(failure, path);
  }
}

Result<std::unique_ptr<Database>> Database::open_unwritable(const std::string& path) {
  switch_off_statistics();
  try {
    auto connection = std::make_unique<SQLite::Database>(
        "file:" + escaped(path) + "?immutable=1",
        SQLite::OPEN_READONLY | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX);
    return std::unique_ptr<Database>(new Database(path, std::move(connection)));
  } catch (const SQLite::Exception& failure) {
    return to_error(failure, path);
  }
}

Result<JournalMode> Database::choose_journal_mode() {
  return read([this]() -> Result<JournalMode> {
    // 64 MiB: the log is emptied at the end of each run, a commit should not have to.
    execute("PRAGMA wal_autocheckpoint = 16384");
    const std::string mode = connection_->execAndGet("PRAGMA journal_mode = WAL").getString();
    if (mode == "wal") return JournalMode::write_ahead_log;
    // With a rollback journal NORMAL is not safe against a loss of power.
    execute("PRAGMA synchronous = FULL");
    return JournalMode::rollback;
  });
}

Result<void> Database::flush_every_commit() {
  return read([this]() -> Result<void> {
    execute("PRAGMA synchronous = FULL");
    return {};
  });
}

Result<void> Database::attempt(Access access, const std::function<bool()>& work) {
  Patience patience;
  for (int waits = 0;; ++waits) {
    try {
      switch (access) {
        case Access::read:
          work();
          break;
        case Access::read_state:
          in_transaction("BEGIN DEFERRED", work);
          break;
        case Access::write:
          in_transaction("BEGIN IMMEDIATE", work);
          break;
      }
      return {};
    } catch (const SQLite::Exception& failure) {
      const bool again = is_busy(failure.getExtendedErrorCode()) && patience.wait(waits);
      if (!again) return to_error(failure, path_);
    }
  }
}

void Database::in_transaction(std::string_view begin, const std::function<bool()>& work) {
  Transaction transaction(*connection_, prepared(begin));
  if (work()) transaction.commit(prepared("COMMIT"));
}

void Database::execute(const char* statements) {
  connection_->exec(statements);
}

void Database::checkpoint() {
  // Passive: where a reader or a writer is in the way, the next run does it.
  sqlite3_wal_checkpoint_v2(
      connection_->getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

Result<void> Database::copy_to(const std::string& target) {
  GOFLOW_TRY(create_private_file(target));
  try {
    // A connection of its own, since one cannot copy while it writes, and the caller may.
    SQLite::Database source(path_, SQLite::OPEN_READONLY, /*aBusyTimeoutMs=*/10'000);
    SQLite::Database copy(target, SQLite::OPEN_READWRITE);
    const int outcome = SQLite::Backup(copy, source).executeStep();
    if (outcome == SQLITE_DONE) return {};
    return database_error(outcome, sqlite3_errstr(outcome), path_);
  } catch (const SQLite::Exception& failure) {
    return to_error(failure, target);
  }
}

SQLite::Statement& Database::prepared(std::string_view sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end()) {
    const std::string text(sql);
    found =
        statements_.emplace(text, std::make_unique<SQLite::Statement>(*connection_, text)).first;
  }
  return *found->second;
}

}  // namespace goflow::storage
