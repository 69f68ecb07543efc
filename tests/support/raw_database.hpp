// A SQLite file seen from outside goflow.
#pragma once

#include <sqlite3.h>

#include <stdexcept>
#include <string>

namespace goflow::test {

/// Throws what SQLite says when it refuses.
class RawDatabase {
 public:
  explicit RawDatabase(const std::string& path) {
    if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK) fail();
    sqlite3_busy_timeout(handle_, 10'000);
  }
  ~RawDatabase() { sqlite3_close(handle_); }
  RawDatabase(const RawDatabase&) = delete;
  RawDatabase& operator=(const RawDatabase&) = delete;

  /// Columns are parted by '|', rows by a new line; NULL is empty.
  std::string run(const std::string& sql) {
    std::string rows;
    const auto collect = [](void* out, int columns, char** values, char**) {
      auto& text = *static_cast<std::string*>(out);
      if (!text.empty()) text += '\n';
      for (int i = 0; i < columns; ++i) {
        text += (i > 0 ? "|" : "") + std::string(values[i] ? values[i] : "");
      }
      return 0;
    };
    if (sqlite3_exec(handle_, sql.c_str(), collect, &rows, nullptr) != SQLITE_OK) fail();
    return rows;
  }

 private:
  [[noreturn]] void fail() { throw std::runtime_error(sqlite3_errmsg(handle_)); }

  sqlite3* handle_ = nullptr;
};

}  // namespace goflow::test
