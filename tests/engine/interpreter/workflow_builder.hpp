// Workflows for tests, written down in a few words.
#pragma once

#include "core/workflow/workflow.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

namespace goflow::engine {

inline core::Placed<core::Expression> expression(const std::string& text) {
  auto compiled = core::Expression::compile(text);
  REQUIRE_MESSAGE(compiled.ok(), text);
  return {.what = *std::move(compiled), .at = {}};
}

inline core::Placed<core::TextTemplate> text_template(const std::string& text) {
  auto compiled = core::TextTemplate::compile(text);
  REQUIRE_MESSAGE(compiled.ok(), text);
  return {.what = *std::move(compiled), .at = {}};
}

inline core::Placed<core::ValueTemplate> value_template(const std::string& text) {
  return {.what = core::ValueTemplate(text_template(text).what), .at = {}};
}

inline core::Node node(std::string id, core::NodeWork work) {
  return core::Node{.id = std::move(id), .work = std::move(work)};
}

inline core::Node shell(std::string id, std::string script = "true") {
  core::ShellNode work{.script = std::move(script), .command = {}};
  return node(std::move(id), std::move(work));
}

inline core::Node transform(std::string id, const std::string& program) {
  core::TransformNode work{.program = expression(program)};
  return node(std::move(id), std::move(work));
}

inline core::Node condition(std::string id, const std::string& text) {
  return node(std::move(id), core::ConditionNode{.condition = expression(text)});
}

inline core::Node passthrough(std::string id) {
  return node(std::move(id), core::PassthroughNode{});
}

inline core::Node wait_for(std::string id, const std::string& duration) {
  core::WaitNode work{.duration = value_template(duration), .until = std::nullopt};
  return node(std::move(id), std::move(work));
}

inline core::Node end(std::string id, const std::string& return_value) {
  return node(std::move(id), core::EndNode{.return_value = value_template(return_value)});
}

inline core::Node with_output(core::Node what, std::string variable) {
  what.output = std::move(variable);
  return what;
}

inline core::Node with_on_error(core::Node what, core::OnError on_error) {
  what.on_error = on_error;
  return what;
}

inline core::Node with_when(core::Node what, const std::string& text) {
  what.when = expression(text);
  return what;
}

/// Without jitter, so that delays can be compared.
inline core::Node with_attempts(core::Node what, int max_attempts) {
  what.retry = core::RetryPolicy{.max_attempts = max_attempts, .jitter = 0};
  return what;
}

class WorkflowBuilder {
 public:
  WorkflowBuilder() {
    workflow_.id = "test";
    workflow_.name = "test";
  }

  /// Without default: it has no value.
  void variable(std::string name, core::VariableType type = core::VariableType::any) {
    workflow_.variables.push_back({.name = std::move(name), .type = type});
  }
  core::NodeIndex add(core::Node what) {
    workflow_.nodes.push_back(std::move(what));
    return workflow_.nodes.size() - 1;
  }
  core::Graph sequence(std::vector<core::Node> nodes) {
    core::Graph graph;
    for (auto& what : nodes) {
      const core::NodeIndex index = add(std::move(what));
      if (graph.last) graph.edges.push_back({.from = *graph.last, .to = index});
      graph.nodes.push_back(index);
      graph.last = index;
    }
    return graph;
  }
  core::NodeIndex add_loop(const std::string& id, core::LoopNode loop) {
    return add(node(id, std::move(loop)));
  }

  /// Appends to the top level, without edges.
  core::NodeIndex top(core::Node what) { return top(add(std::move(what))); }
  core::NodeIndex top(core::NodeIndex index) {
    workflow_.graph.nodes.push_back(index);
    return index;
  }
  void edge(core::NodeIndex from, core::NodeIndex to, core::Route route = core::Route::always) {
    workflow_.graph.edges.push_back({.from = from, .to = to, .route = route});
  }
  /// Appends to the top level, after what is there.
  core::NodeIndex then(core::Node what) {
    const bool is_first = workflow_.graph.nodes.empty();
    const core::NodeIndex before = is_first ? 0 : workflow_.graph.nodes.back();
    const core::NodeIndex index = top(std::move(what));
    if (!is_first) edge(before, index);
    return index;
  }
  void returns(const std::string& text) { workflow_.return_value = value_template(text); }

  core::Workflow& workflow() { return workflow_; }

 private:
  core::Workflow workflow_;
};

inline core::LoopNode loop_over(const std::string& collection, core::Graph body) {
  core::LoopNode loop;
  loop.collection = expression(collection);
  loop.body = std::move(body);
  return loop;
}

inline core::LoopNode loop_times(std::int64_t rounds, core::Graph body) {
  core::LoopNode loop;
  loop.collection = rounds;
  loop.body = std::move(body);
  return loop;
}

inline core::ParallelNode branches(std::vector<core::Graph> graphs,
                                   core::MergeStrategy merge = core::MergeStrategy::wait_all) {
  core::ParallelNode parallel;
  parallel.merge = merge;
  for (auto& graph : graphs) {
    parallel.branches.push_back(
        {.name = std::to_string(parallel.branches.size()), .graph = std::move(graph)});
  }
  return parallel;
}

}  // namespace goflow::engine
