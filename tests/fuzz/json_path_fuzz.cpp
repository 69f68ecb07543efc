// Whatever the text: a JSONPath compiles or says why not, finds something or says why not.
#include "core/expression/json_path.hpp"
#include "core/value/json.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace goflow::core;

namespace {

Value document() {
  const auto parsed = parse_json(R"({
    "people": [{"name": "ann", "age": 40, "roles": ["admin", "dev"], "at": {"city": "Oslo"}},
               {"name": "bo", "age": 9.5, "roles": [], "at": null},
               {"name": "cy é", "nested": [[1, [2, [3]]], {"deep": {"deeper": [true, null]}}]}],
    "n": 3, "text": "héllo", "nothing": null, "a b": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]})");
  return *parsed;
}

/// A place outside the text would crash whoever marks the offending part.
void check_place(const ExpressionError& error, const std::string& text) {
  if (error.begin > error.end || error.end > text.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Value input = document();
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto path = JsonPath::compile(text);
  if (!path) {
    check_place(path.error(), text);
    return 0;
  }
  if (path->text() != text) std::abort();
  const auto found = path->evaluate(input);
  if (!found) {
    check_place(found.error(), text);
    return 0;
  }
  // What comes out can be stored and read again.
  if (!parse_json(to_json(*found, FloatForm::typed)).ok()) std::abort();
  return 0;
}
