// The quick reader of YAML against the full one: what it accepts must be the same tree.
#include "core/workflow/yaml/full_yaml.hpp"
#include "core/workflow/yaml/plain_yaml.hpp"
#include "core/workflow/yaml/text_check.hpp"
#include "tests/support/same_yaml.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace goflow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const core::SourceText source(std::string_view(reinterpret_cast<const char*>(bytes), size));
  core::Problems problems(source);
  if (!core::check_text(source, problems)) return 0;
  const core::YamlPtr plain = core::read_plain_yaml(source);
  if (plain == nullptr) return 0;
  const core::YamlPtr full = core::read_full_yaml(source, problems);
  if (full == nullptr || problems.has_errors() || !test::same_yaml(*plain, *full)) std::abort();
  return 0;
}
