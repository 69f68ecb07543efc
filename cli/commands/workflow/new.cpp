// goflow workflow new: a workflow to begin with, made from a template.
#include "cli/arguments/diagnostics.hpp"
#include "cli/arguments/template_argument.hpp"
#include "cli/arguments/workflow_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/workflow/workflow_record.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/table.hpp"
#include "cli/io/yaml.hpp"
#include "core/template/instantiate.hpp"
#include "core/value/json.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Object;
using core::Result;
using core::Template;
using core::Value;

constexpr Field fields[] = {
    {"id", "of the workflow; with --list, of the template"},
    {"template", "what the workflow was made from"},
    {"path", "the file that was written; null with --save"},
    {"origin", "with --list: built-in or home"},
    {"version", "with --list: the template's own"},
    {"description", "with --list: what it is for"},
    {"parameters", "with --list: name, type, required, default and description of each"},
};

struct NewOptions {
  std::optional<std::string> name;
  std::string template_id = "basic";
  std::vector<std::string> settings;
  std::optional<std::string> description;
  std::optional<std::string> file;
  bool save = false;
  bool force = false;
  bool list = false;
  OutputChoice output;
};

void declare(Command& command, NewOptions& options) {
  command.summary("make a workflow from a template")
      .describe(
          "Writes <id>.yaml into the current folder, ready to be read, changed and run. Templates "
          "are built in, or files of your own in <home>/templates; one of your own replaces a "
          "built-in one of the same name.")
      .example("goflow workflow new hello", "something small that runs")
      .example("goflow workflow new sales --template etl --set folder=data", "give parameters")
      .example("goflow workflow new --list", "the templates and what they take")
      .exit_code(3, "there is no such template")
      .exit_code(5, "the template, or what it makes, is not valid")
      .exit_code(6, "there is such a file or workflow already");
  command.positional("[NAME]", options.name, "what the workflow is called");
  command.option("--template ID", options.template_id, "what to make it from")
      .also("-t", "init")
      .completes(CompletesWith::template_id);
  command.option("--set NAME=VALUE",
                 options.settings,
                 "a parameter of the template: NAME=VALUE, NAME=@FILE or NAME:=JSON");
  command.option("--description TEXT", options.description, "what the workflow does")
      .also("-d", "init");
  command.option("-o, --output FILE", options.file, "write to this file, - is stdout")
      .completes(CompletesWith::file);
  command.flag("--save", options.save, "keep it in the home directory instead of a file here");
  command.flag("--force", options.force, "replace what is there");
  command.flag("--list", options.list, "list the templates");
  command.json(options.output, fields);
}

Result<Template> valid_content(const TemplateSource& source,
                               const NewOptions& options,
                               Context& context) {
  core::TemplateReading reading = core::read_template(source.text);
  report(reading.diagnostics, source.id + ".yaml", source.text, options.output, context);
  if (!reading.content) return Error{ErrorCode::invalid_workflow, ""};
  return *std::move(reading.content);
}

Result<Object> collect_arguments(const Template& from,
                                 const NewOptions& options,
                                 Context& context) {
  std::vector<core::TemplateArgument> arguments;
  for (const std::string& written : options.settings) {
    GOFLOW_TRY(auto argument, read_template_argument(written, context));
    arguments.push_back(std::move(argument));
  }
  auto resolved = core::resolve_arguments(from, arguments);
  if (resolved || !resolved.error().hint.empty()) return resolved;
  return std::move(resolved).error().with_hint("what it takes: goflow workflow new --list");
}

/// So that a reader of the file knows where it came from.
std::string heading(const Template& from, const Object& arguments) {
  std::string text = "# Made from the template '" + from.name + "', version " + from.version;
  text += arguments.empty() ? "\n" : ", with\n";
  for (const auto& [name, value] : arguments) {
    text += "#   " + name + ": " + core::to_json(value) + "\n";
  }
  return text;
}

std::string workflow_text(const Template& from,
                          const Object& arguments,
                          const NewOptions& options) {
  Object workflow = core::instantiate(from, *options.name, arguments);
  if (options.description) workflow.set("description", *options.description);
  return heading(from, arguments) + to_yaml(workflow);
}

Result<void> save(const std::string& id,
                  const std::string& text,
                  const NewOptions& options,
                  Context& context) {
  GOFLOW_TRY(core::WorkflowStore * store, context.workflows());
  if (options.force) return store->save(id, text);
  GOFLOW_TRY(const auto existing, store->find(id));
  if (existing) {
    return Error{ErrorCode::already_exists, "workflow '" + id + "' exists already"}.with_hint(
        "choose another name, or replace it with --force");
  }
  // Somebody may save one of this name at this very moment.
  return store->save_over(std::nullopt, id, text);
}

Result<void> write_file(const std::string& path,
                        const std::string& text,
                        const NewOptions& options,
                        Context& context) {
  auto written = context.write_document(
      path, text, options.force ? Context::Existing::replace : Context::Existing::refuse);
  if (written || written.error().code != ErrorCode::already_exists) return written;
  return std::move(written).error().with_hint("choose another name, or replace it with --force");
}

void say(const std::string& id,
         const std::string& path,
         const NewOptions& options,
         Context& context) {
  if (!options.output.is_text()) {
    write_records(context.out(),
                  options.output,
                  Object{{"id", id},
                         {"template", options.template_id},
                         {"path", options.save ? Value() : Value(path)}});
  } else if (options.save) {
    context.tell("saved '" + id + "'; run it: goflow run " + id);
  } else {
    const bool is_bare = path.find('/') == std::string::npos && !names_a_file(path);
    context.tell("wrote " + path + "; run it: goflow run " + (is_bare ? "./" : "") + path);
  }
}

Result<void> make(const NewOptions& options, Context& context) {
  GOFLOW_TRY(const TemplateSource source, find_template(options.template_id, context));
  GOFLOW_TRY(const Template from, valid_content(source, options, context));
  GOFLOW_TRY(const Object arguments, collect_arguments(from, options, context));
  const std::string text = workflow_text(from, arguments, options);
  const std::string path = options.file.value_or(core::workflow_id_of(*options.name) + ".yaml");
  const WorkflowSource made{text, path == "-" ? "<stdout>" : path};
  GOFLOW_TRY(const core::Workflow workflow, read_checked(made, options.output, context));
  if (options.save) {
    GOFLOW_TRY(save(workflow.id, text, options, context));
  } else {
    GOFLOW_TRY(write_file(path, text, options, context));
  }
  if (path != "-") say(workflow.id, path, options, context);
  return {};
}

Value parameter_records(const Template& content) {
  core::Array records;
  for (const core::TemplateParameter& parameter : content.parameters) {
    records.emplace_back(variable_record(parameter.variable));
  }
  return Value(std::move(records));
}

Object record_of(const TemplateSource& source, const std::optional<Template>& content) {
  return {{"id", source.id},
          {"origin", source.is_built_in ? "built-in" : "home"},
          {"version", content ? Value(content->version) : Value()},
          {"description", content ? Value(content->description) : Value()},
          {"parameters", content ? parameter_records(*content) : Value()}};
}

/// "folder=., keep=7, url": what can be set, and what it is if it is not.
std::string parameter_words(const Template& content) {
  std::string words;
  for (const core::TemplateParameter& parameter : content.parameters) {
    const auto& value = parameter.variable.default_value;
    words += (words.empty() ? "" : ", ") + parameter.variable.name;
    if (value) words += "=" + core::to_text(*value);
  }
  return words.empty() ? "-" : words;
}

Result<void> list(const NewOptions& options, Context& context) {
  GOFLOW_TRY(const auto templates, list_templates(context));
  core::Array records;
  Table table({{"TEMPLATE"}, {"FROM"}, {"WHAT IT DOES"}, {"PARAMETERS"}});
  for (const TemplateSource& source : templates) {
    const auto content = core::read_template(source.text).content;
    records.emplace_back(record_of(source, content));
    table.add({text_cell(source.id),
               text_cell(source.is_built_in ? "built-in" : "home"),
               content ? text_cell(content->description) : mark_cell(fault_mark("invalid")),
               content ? text_cell(parameter_words(*content), Tone::dim) : blank_cell()});
  }
  if (options.output.is_text()) {
    table.write(context.terminal());
  } else {
    write_records(context.out(), options.output, records);
  }
  return {};
}

Result<void> run(const NewOptions& options, Context& context) {
  if (options.list) return list(options, context);
  if (!options.name) {
    return Error{ErrorCode::invalid_argument, "what is the workflow called?"}.with_hint(
        "goflow workflow new NAME; see the templates: goflow workflow new --list");
  }
  if (core::workflow_id_of(*options.name).empty()) {
    return Error{ErrorCode::invalid_argument,
                 "the name '" + *options.name + "' has no letter and no digit, so it gives no id"}
        .with_hint("use letters a-z, digits, '_' or '-' among others");
  }
  if (options.save && options.file) {
    return Error{ErrorCode::invalid_argument, "--save and --output contradict each other"}
        .with_hint("keep one of them");
  }
  return make(options, context);
}

}  // namespace

std::unique_ptr<Action> workflow_new() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
