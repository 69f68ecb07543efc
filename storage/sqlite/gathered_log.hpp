// Writes to the write-ahead log gathered, so that a commit is one call of the system and not two
// for each page.
#pragma once

struct sqlite3;

namespace goflow::storage {

/// The name under which a connection asks for it when it is opened.
const char* gathered_log();

/// What a transaction has gathered goes with it; to be called when it was rolled back, by which
/// time its place in the log may be another process's.
void forget_gathered(sqlite3* connection);

}  // namespace goflow::storage
