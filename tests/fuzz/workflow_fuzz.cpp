// Workflow files from anywhere: any bytes become a workflow, or sentences with places in them.
#include "core/workflow/reader.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto reading = goflow::core::read_workflow(text);
  must(reading.workflow.has_value() != goflow::core::has_errors(reading.diagnostics));
  for (const auto& diagnostic : reading.diagnostics) {
    must(!diagnostic.message.empty() && diagnostic.at.line > 0 && diagnostic.at.column > 0);
    must(!goflow::core::render(diagnostic, "fuzz.yaml", text).empty());
  }
  return 0;
}
