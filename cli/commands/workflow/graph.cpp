// goflow workflow graph: a picture of a workflow.
#include "cli/arguments/workflow_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/diagram_drawing.hpp"
#include "core/diagram/dot.hpp"
#include "core/diagram/json.hpp"
#include "core/diagram/layout.hpp"
#include "core/diagram/mermaid.hpp"
#include "core/diagram/svg.hpp"
#include "core/value/json.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace goflow::cli {
namespace {

using core::DiagramScope;
using core::Result;

enum class Format { text, dot, mermaid, svg, json };

struct GraphOptions {
  std::string workflow;
  std::optional<Format> format;
  std::string output = "-";
};

const Choices<Format>& formats() {
  static const Choices<Format> choices{{"text", Format::text},
                                       {"dot", Format::dot},
                                       {"mermaid", Format::mermaid},
                                       {"svg", Format::svg},
                                       {"json", Format::json}};
  return choices;
}

void declare(Command& command, GraphOptions& options) {
  command.summary("draw a workflow")
      .describe(
          "Boxes and lines: what follows what, what runs side by side, which way a condition "
          "leads. Arrows without a word are always taken. The format is the one that is asked for, "
          "else the one that the ending of FILE tells (.dot, .gv, .mmd, .svg, .json), else text.")
      .example("goflow workflow graph nightly", "in the terminal")
      .example("goflow workflow graph nightly -o nightly.svg", "a picture for a page")
      .example("goflow workflow graph nightly.yaml --format mermaid", "for a README")
      .exit_code(5, "the workflow is not valid");
  command.positional("WORKFLOW", options.workflow, "a saved workflow, a file, or - for stdin")
      .completes(CompletesWith::workflow_version);
  command.option("--format FORMAT", options.format, formats(), "how it is drawn");
  command.option("-o, --output FILE", options.output, "where it is written; - is stdout");
}

Format format_of(const GraphOptions& options) {
  constexpr std::array<std::pair<std::string_view, Format>, 5> endings{{{".dot", Format::dot},
                                                                        {".gv", Format::dot},
                                                                        {".mmd", Format::mermaid},
                                                                        {".svg", Format::svg},
                                                                        {".json", Format::json}}};
  if (options.format) return *options.format;
  for (const auto& [ending, format] : endings) {
    if (std::string_view(options.output).ends_with(ending)) return format;
  }
  return Format::text;
}

std::string document(const DiagramScope& diagram, Format format) {
  switch (format) {
    case Format::text:
      return draw(core::lay_out(diagram), Style(Colour::off, Charset::utf8));
    case Format::dot:
      return core::dot_of(diagram);
    case Format::mermaid:
      return core::mermaid_of(diagram);
    case Format::svg:
      return core::svg_of(diagram);
    case Format::json:
      return core::to_indented_json(core::diagram_record(diagram)) + "\n";
  }
  return {};
}

void show_drawing(const DiagramScope& diagram, const GraphOptions& options, Context& context) {
  const core::DiagramLayout layout = core::lay_out(diagram);
  const std::string drawing = draw(layout, context.out().style());
  context.show(drawing);
  const bool is_too_wide =
      static_cast<std::size_t>(layout.width) > context.terminal().size().columns;
  if (context.out().is_terminal() && is_too_wide) {
    context.tell("wider than this terminal; as a picture: goflow workflow graph " +
                 options.workflow + " -o " + diagram.title + ".svg");
  }
}

Result<void> run(const GraphOptions& options, Context& context) {
  GOFLOW_TRY(const WorkflowSource source, find_workflow(options.workflow, context));
  GOFLOW_TRY(const core::Workflow workflow, read_checked(source, OutputChoice(), context));
  const DiagramScope diagram = core::diagram_of(workflow);
  const Format format = format_of(options);
  if (format == Format::text && options.output == "-") {
    show_drawing(diagram, options, context);
    return {};
  }
  return context.write_document(options.output, document(diagram, format));
}

}  // namespace

std::unique_ptr<Action> workflow_graph() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
