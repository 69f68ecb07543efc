// One connection to the history database: how it is opened, locked and waited for.
#pragma once

#include "core/base/result.hpp"
#include "storage/sqlite/patience.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace SQLite {
class Database;
class Statement;
}  // namespace SQLite

namespace goflow::storage {

enum class JournalMode { write_ahead_log, rollback };

/// Not thread safe; any number of them may be open on one file, in any number of processes.
///
/// 1. Every write is a short BEGIN IMMEDIATE transaction: a deferred one would find out only at
///    its first write that another process has been faster, and could not wait then.
/// 2. SQLite asks `busy_` whenever it meets a lock, so waiting has one place and a jitter.
/// 3. What SQLite reports as busy without asking (a change of the journal mode, a lost race for the
///    log) is repeated as a whole, which is why `work` must be repeatable.
class Database {
 public:
  /// Creates the file, for its owner alone, if there is none. An existing one is read, not changed.
  static core::Result<std::unique_ptr<Database>> open(const std::string& path);
  /// One that is there, on a disk where nothing can be written: read without a log and without
  /// locks, which would be files beside it.
  static core::Result<std::unique_ptr<Database>> open_unwritable(const std::string& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

  /// Write-ahead log where the file system has shared memory, else a rollback journal.
  core::Result<JournalMode> choose_journal_mode();
  /// For all commits from now on: a loss of power then costs none, and each costs a disk flush.
  core::Result<void> flush_every_commit();

  /// Runs `work`, which returns a Result and may use queries, in one transaction. An Error that it
  /// returns undoes everything.
  template <class Work>
  std::invoke_result_t<Work> write(Work&& work) {
    return run(Access::write, std::forward<Work>(work));
  }
  /// The same for one query, which by itself sees one state of the database.
  template <class Work>
  std::invoke_result_t<Work> read(Work&& work) {
    return run(Access::read, std::forward<Work>(work));
  }

  /// The same for several queries, which together see one state.
  template <class Work>
  std::invoke_result_t<Work> read_state(Work&& work) {
    return run(Access::read_state, std::forward<Work>(work));
  }

  /// Any number of statements without parameters; only within `work`.
  void execute(const char* statements);
  /// Moves what the log holds into the file, as far as nobody has to wait for it.
  void checkpoint();
  /// A whole and consistent copy of the last committed state, for its owner alone.
  core::Result<void> copy_to(const std::string& target);

 private:
  friend class Query;
  enum class Access { read, read_state, write };

  Database(std::string path, std::unique_ptr<SQLite::Database> connection);

  template <class Work>
  std::invoke_result_t<Work> run(Access access, Work&& work) {
    std::optional<std::invoke_result_t<Work>> result;
    GOFLOW_TRY(attempt(access, [&] { return result.emplace(work()).ok(); }));
    return *std::move(result);
  }
  core::Result<void> attempt(Access access, const std::function<bool()>& work);
  void in_transaction(std::string_view begin, const std::function<bool()>& work);
  SQLite::Statement& prepared(std::string_view sql);

  std::string path_;
  Patience busy_;
  std::unique_ptr<SQLite::Database> connection_;
  std::map<std::string, std::unique_ptr<SQLite::Statement>, std::less<>> statements_;
};

}  // namespace goflow::storage
