// A workflow as boxes and arrows: what every picture of it shows.
#pragma once

#include "core/workflow/workflow.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace goflow::core {

struct DiagramScope;

struct DiagramNode {
  std::string id;
  std::string type;
  std::string name;                  // empty: it has none but its id
  std::vector<DiagramScope> scopes;  // the branches of a parallel node, the body of a loop
};

struct DiagramEdge {
  std::size_t from = 0;  // into the nodes of the scope
  std::size_t to = 0;
  std::string label = {};  // "true", "false", "on error"; empty: always taken
};

/// The nodes that lie side by side: the top level, a branch, a body.
struct DiagramScope {
  std::string title;  // of a branch: its name; of the top level: the name of the workflow
  std::vector<DiagramNode> nodes;
  std::vector<DiagramEdge> edges;
};

DiagramScope diagram_of(const Workflow& workflow);

}  // namespace goflow::core
