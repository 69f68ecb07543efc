#include "cli/arguments/template_argument.hpp"

#include "core/base/suggest.hpp"
#include "core/template/builtin.hpp"
#include "core/value/json.hpp"

#include <algorithm>
#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

std::string hint_for(const std::string& id, const std::vector<TemplateSource>& templates) {
  std::vector<std::string> ids;
  std::string all = "templates:";
  for (const TemplateSource& source : templates) {
    ids.push_back(source.id);
    all += (ids.size() == 1 ? " " : ", ") + source.id;
  }
  const std::string guess = core::did_you_mean(id, ids);
  return guess.empty() ? all : guess + " " + all;
}

}  // namespace

Result<std::vector<TemplateSource>> list_templates(Context& context) {
  GOFLOW_TRY(const core::WorkflowStore* store, context.templates());
  GOFLOW_TRY(const auto own, store->ids());
  std::vector<TemplateSource> templates;
  for (const std::string& id : own) {
    GOFLOW_TRY(auto stored, store->find(id));
    if (stored) templates.push_back({id, std::move(stored->text)});
  }
  const std::size_t own_count = templates.size();
  for (const core::BuiltInTemplate& one : core::built_in_templates()) {
    const bool is_replaced =
        std::any_of(templates.begin(),
                    templates.begin() + static_cast<std::ptrdiff_t>(own_count),
                    [&one](const TemplateSource& source) { return source.id == one.id; });
    if (!is_replaced) templates.push_back({std::string(one.id), std::string(one.text), true});
  }
  std::sort(templates.begin(), templates.end(), [](const auto& left, const auto& right) {
    return left.id < right.id;
  });
  return templates;
}

Result<TemplateSource> find_template(const std::string& id, Context& context) {
  GOFLOW_TRY(auto templates, list_templates(context));
  for (TemplateSource& source : templates) {
    if (source.id == id) return std::move(source);
  }
  return Error{ErrorCode::not_found, "no template named '" + id + "'"}.with_hint(
      hint_for(id, templates));
}

Result<core::TemplateArgument> read_template_argument(const std::string& written,
                                                      Context& context) {
  const std::size_t equals = written.find('=');
  if (equals == std::string::npos || equals == 0) {
    return Error{ErrorCode::invalid_argument, "--set: '" + written + "' sets nothing"}.with_hint(
        "write it as --set NAME=VALUE");
  }
  const bool is_json = written[equals - 1] == ':';
  core::TemplateArgument argument{.name = written.substr(0, is_json ? equals - 1 : equals),
                                  .text = written.substr(equals + 1)};
  if (is_json) {
    auto value = core::parse_json(argument.text, core::LargeIntegers::are_errors);
    if (!value) return std::move(value).error().with_context("parameter '" + argument.name + "'");
    argument.value = *std::move(value);
  } else if (argument.text.starts_with('@')) {
    GOFLOW_TRY(argument.text, context.read_input(argument.text.substr(1)));
  }
  return argument;
}

}  // namespace goflow::cli
