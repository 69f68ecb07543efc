// Which version of a saved workflow is meant: "nightly@3".
#pragma once

#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/workflow/workflow_store.hpp"

#include <optional>
#include <string>

namespace goflow::cli {

struct VersionName {
  std::string id;
  std::optional<int> number;  // nullopt: the current one
};

/// An Error when what follows the '@' is no number of a version.
core::Result<VersionName> parse_version_name(const std::string& written);

/// not_found, with what there is, when it never was or is no longer kept.
core::Result<core::WorkflowVersion> find_version(const std::string& id,
                                                 int number,
                                                 Context& context);

/// not_found, with the nearest names of saved workflows as its hint.
core::Error no_such_workflow(const std::string& name, Context& context);

}  // namespace goflow::cli
