// A database as goflow opens it, and plain statements on it.
#pragma once

#include "storage/sqlite/database.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

namespace goflow::test {

inline std::unique_ptr<storage::Database> open_database(const std::string& path) {
  auto database = storage::Database::open(path);
  REQUIRE(database.ok());
  REQUIRE((*database)->choose_journal_mode().ok());
  return *std::move(database);
}

/// In one transaction.
inline core::Result<void> execute(storage::Database& database, const std::string& sql) {
  return database.write([&]() -> core::Result<void> {
    database.execute(sql.c_str());
    return {};
  });
}

}  // namespace goflow::test
