// What is known of a run before it begins.
#pragma once

#include "core/workflow/workflow.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace goflow::cli {

struct PlannedNode {
  std::string id;
  std::string detail = {};  // what it is about, in a few words: "shop/list_orders"
};

struct RunOutline {
  std::string title;                     // the workflow
  std::string id;                        // of the execution, shortened
  std::vector<PlannedNode> nodes;        // of the top level, in their order
  std::vector<PlannedNode> nested = {};  // inside of loops, branches and handlers
};

/// Start and end nodes do no work and are left out.
RunOutline outline_of(const core::Workflow& workflow, const std::string& execution_id);

/// Nodes of this type are shown only when they fail.
bool is_scaffolding(std::string_view node_type);

/// The last eight characters: what lists and screens show of an execution's id.
std::string short_id(const std::string& id);

}  // namespace goflow::cli
