#include "core/workflow/workflow.hpp"

namespace goflow::core {
namespace {

struct TypeName {
  std::string_view operator()(const StartNode&) const { return "start"; }
  std::string_view operator()(const EndNode&) const { return "end"; }
  std::string_view operator()(const PassthroughNode&) const { return "passthrough"; }
  std::string_view operator()(const ConditionNode&) const { return "condition"; }
  std::string_view operator()(const TransformNode&) const { return "transform"; }
  std::string_view operator()(const ParallelNode&) const { return "parallel"; }
  std::string_view operator()(const LoopNode&) const { return "loop"; }
  std::string_view operator()(const WaitNode&) const { return "wait"; }
  std::string_view operator()(const ShellNode&) const { return "shell"; }
  std::string_view operator()(const HttpNode&) const { return "http"; }
  std::string_view operator()(const McpToolNode&) const { return "mcp_tool"; }
  std::string_view operator()(const WorkflowNode&) const { return "workflow"; }
  std::string_view operator()(const SignalNode&) const { return "signal"; }
};

bool is_white_space(char character) {
  return character == ' ' || (character >= '\t' && character <= '\r');
}

bool is_of_id(char character) {
  return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') ||
         character == '_';
}

}  // namespace

std::string_view type_name(const NodeWork& work) {
  return std::visit(TypeName{}, work);
}

std::string_view to_string(Handler handler) {
  switch (handler) {
    case Handler::on_success:
      return "on_success";
    case Handler::on_failure:
      return "on_failure";
    case Handler::on_exit:
      return "on_exit";
  }
  return "on_exit";
}

std::string workflow_id_of(std::string_view name) {
  std::string id;
  for (char character : name) {
    if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
    if (is_white_space(character)) character = '-';
    const bool begins_gap = character == '-' && !id.empty() && id.back() != '-';
    if (is_of_id(character) || begins_gap) id += character;
  }
  if (!id.empty() && id.back() == '-') id.pop_back();
  return id;
}

}  // namespace goflow::core
