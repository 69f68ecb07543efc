// JSON from anywhere: any bytes are either refused or survive being written and read again.
#include "core/value/json.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using goflow::core::FloatForm;
using goflow::core::Value;

void must(bool holds) {
  if (!holds) std::abort();
}

void check_survives(const Value& value, std::string_view text) {
  auto again = goflow::core::parse_json(text);
  must(again.ok());
  must(*again == value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  auto value = goflow::core::parse_json(text);
  if (!value.ok()) {
    must(!value.error().message.empty());
    return 0;
  }
  check_survives(*value, goflow::core::to_json(*value, FloatForm::typed));
  check_survives(*value, goflow::core::to_indented_json(*value));
  return 0;
}
