// The shape of the history database, as the list of steps that made it what it is.
#pragma once

#include "storage/sqlite/database.hpp"

#include <span>

namespace goflow::storage {

/// One step. Steps are only ever added: a database somewhere has taken each of them.
struct Migration {
  int version;
  void (*apply)(Database& database);  // within a transaction
};

/// All of them, from version 1 on.
std::span<const Migration> migrations();

}  // namespace goflow::storage
