// The search of listings as a function of SQL: LIKE is slower, and knows the case of ASCII only.
#pragma once

struct sqlite3;

namespace goflow::storage {

/// is_found(wanted, text…): whether one of the texts, in lower case, contains what is wanted, which
/// is in lower case already. NULL contains nothing.
void add_search_function(sqlite3* connection);

}  // namespace goflow::storage
