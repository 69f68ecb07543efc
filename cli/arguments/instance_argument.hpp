// Which instance is meant: an id, a part of one, or a slug.
#pragma once

#include "core/base/result.hpp"
#include "core/instance/instance_store.hpp"

#include <string>

namespace goflow::cli {

/// Help for the argument that names an instance.
inline constexpr const char* instance_argument_help =
    "an instance: its slug, or its id, which may be shortened";

/// not_found: there is none, with the nearest slugs. invalid_argument: it could be several.
/// `store`: nullptr when there never was a history.
core::Result<core::Instance> find_instance(const std::string& written, core::InstanceStore* store);

}  // namespace goflow::cli
