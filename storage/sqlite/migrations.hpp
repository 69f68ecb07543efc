// Opens the history database and brings it to the shape that this goflow knows.
#pragma once

#include "core/base/clock.hpp"
#include "storage/sqlite/database.hpp"

#include <functional>
#include <memory>
#include <string>

namespace goflow::storage {

/// Is told, in a sentence, what the user may want to know about the history.
using HistoryNotice = std::function<void(const std::string&)>;

/// The version of the database, 0 of an empty one; an Error when it is not ours or from a newer
/// goflow. To be called within read() or write().
core::Result<int> recognise_history(Database& database);

/// A new file gets the newest shape; an older one is copied first and then upgraded, one step per
/// transaction. Of several processes one does it, the others wait. unavailable, with the file left
/// as it is: damaged, not ours, or from a newer goflow.
core::Result<std::shared_ptr<Database>> open_history(const std::string& path,
                                                     const core::Clock& clock,
                                                     const HistoryNotice& notice);

/// For reading only, where nothing can be written. unavailable: as above, or from an older goflow.
core::Result<std::shared_ptr<Database>> open_unwritable_history(const std::string& path);

}  // namespace goflow::storage
