// How far schedules have been looked after, in the database of the history.
#pragma once

#include "core/schedule/schedule_store.hpp"
#include "storage/sqlite/database.hpp"

#include <memory>

namespace goflow::storage {

/// Over a connection that others may share; used by one thread.
std::unique_ptr<core::ScheduleStore> make_schedule_store(std::shared_ptr<Database> database);

}  // namespace goflow::storage
