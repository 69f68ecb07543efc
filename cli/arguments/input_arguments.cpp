#include "cli/arguments/input_arguments.hpp"

#include "core/value/json.hpp"
#include "core/workflow/yaml/yaml_value.hpp"

#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Object;
using core::Result;

Result<void> add_file(Object& inputs, const std::string& path, const ReadInput& read) {
  GOFLOW_TRY(const std::string text, read(path));
  auto value = core::parse_yaml(text);
  if (!value) return std::move(value).error().with_context("read inputs from '" + path + "'");
  if (!value->is_object()) {
    return Error{
        ErrorCode::invalid_argument,
        "inputs in '" + path + "' must be an object, got " + std::string(to_string(value->kind()))};
  }
  for (const auto& [name, member] : value->as_object()) {
    inputs.set(name, member);
  }
  return {};
}

/// k:=JSON is exactly that value; k=text and k=@file become what the variable is declared to be.
Result<void> add_single(Object& inputs, const std::string& argument, const ReadInput& read) {
  const std::size_t equals = argument.find('=');
  const bool is_json = equals > 0 && argument[equals - 1] == ':';
  const std::string name = argument.substr(0, is_json ? equals - 1 : equals);
  std::string text = argument.substr(equals + 1);
  if (is_json) {
    auto value = core::parse_json(text, core::LargeIntegers::are_errors);
    if (!value) return std::move(value).error().with_context("input '" + name + "'");
    inputs.set(name, *std::move(value));
    return {};
  }
  if (text.starts_with('@')) {
    GOFLOW_TRY(text, read(text.substr(1)));
  }
  inputs.set(name, std::move(text));
  return {};
}

}  // namespace

Result<Object> collect_inputs(const InputArguments& arguments, const ReadInput& read) {
  Object inputs;
  if (!arguments.file.empty()) GOFLOW_TRY(add_file(inputs, arguments.file, read));
  for (const std::string& argument : arguments.inputs) {
    if (argument.find('=') == std::string::npos) GOFLOW_TRY(add_file(inputs, argument, read));
  }
  for (const std::string& argument : arguments.inputs) {
    if (argument.find('=') != std::string::npos) {
      GOFLOW_TRY(add_single(inputs, argument, read));
    }
  }
  return inputs;
}

}  // namespace goflow::cli
