// Instances as rows beside the history of their runs.
#pragma once

#include "core/instance/instance_store.hpp"
#include "storage/sqlite/database.hpp"

#include <memory>

namespace goflow::storage {

/// Over a connection that others may share; used by one thread.
std::unique_ptr<core::InstanceStore> make_instance_store(std::shared_ptr<Database> database);

}  // namespace goflow::storage
