// A prepared statement while it is used.
#pragma once

#include "core/base/clock.hpp"
#include "storage/sqlite/database.hpp"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::storage {

/// Prepared once per Database and kept there. Reset at the end of the scope: an open cursor would
/// hold on to an old state, and writes after it would fail whatever the patience. May throw, so it
/// lives within the `work` of Database::read() and write(). The same text not twice at a time.
class Query {
 public:
  Query(Database& database, std::string_view sql) : statement_(database.prepared(sql)) {}
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  /// Binds ?1, ?2, …; further calls go on where the last one ended.
  template <class... Arguments>
  Query& bind(const Arguments&... arguments) {
    (bind_next(arguments), ...);
    return *this;
  }

  /// Steps to the next row; false when there is none.
  bool next();
  /// For a statement without rows: how many it has changed. Binds may start over afterwards.
  int run();

  // The columns of the row, one after the other, from left to right. NULL reads as empty or 0.
  std::string text();
  std::optional<std::string> optional_text();
  std::int64_t integer();

 private:
  void bind_next(std::nullptr_t);
  void bind_next(std::int64_t number);
  void bind_next(const std::string& text);
  void bind_next(std::string_view text) { bind_next(std::string(text)); }
  void bind_next(const char* text) { bind_next(std::string(text)); }
  void bind_next(std::integral auto number) { bind_next(static_cast<std::int64_t>(number)); }
  void bind_next(core::Timestamp time) { bind_next(core::format_rfc3339(time)); }
  template <class T>
  void bind_next(const std::optional<T>& value) {
    if (value) return bind_next(*value);
    bind_next(nullptr);
  }

  SQLite::Statement& statement_;
  int parameter_ = 0;
  int column_ = 0;
};

}  // namespace goflow::storage
