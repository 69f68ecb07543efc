// Whatever the text: a workflow template is read or says why not, and what it makes can be read.
#include "core/template/arguments.hpp"
#include "core/template/instantiate.hpp"
#include "core/template/template.hpp"
#include "core/value/json.hpp"
#include "core/workflow/reader.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace goflow::core;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const TemplateReading reading = read_template(text);
  for (const Diagnostic& diagnostic : reading.diagnostics) {
    if (render(diagnostic, "template.yaml", text).empty()) std::abort();
  }
  if (!reading.content) return 0;
  const auto arguments = resolve_arguments(*reading.content, {});
  if (!arguments) return 0;
  const std::string made = to_json(instantiate(*reading.content, "made", *arguments));
  const WorkflowReading workflow = read_workflow(made);
  if (!workflow.workflow && workflow.diagnostics.empty()) std::abort();
  return 0;
}
