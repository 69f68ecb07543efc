// Whatever the text: an expression or template compiles or says why not, evaluates or says why not.
#include "core/expression/expression.hpp"
#include "core/expression/template.hpp"
#include "core/value/json.hpp"

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace goflow::core;

namespace {

class SmallEnvironment final : public Environment {
 public:
  [[nodiscard]] Binding lookup(std::string_view name) const override {
    if (name == "unset") return {Presence::no_value, {}};
    const Value* value = values_.find(name);
    return value == nullptr ? Binding() : Binding{Presence::present, *value};
  }
  [[nodiscard]] std::vector<std::string> names() const override { return values_.keys(); }
  [[nodiscard]] Timestamp now() const override { return {}; }
  [[nodiscard]] std::string uuid() const override { return "6c84fb90-12c4-41e1-840d-725b1fe0b3a6"; }
  [[nodiscard]] std::optional<std::string> process_variable(
      const std::string& name) const override {
    if (name == "LANG") return "C";
    return std::nullopt;
  }
  [[nodiscard]] Result<Value> secret(const std::string& name) const override {
    return Error{ErrorCode::credential, "there is no credential '" + name + "'"};
  }

 private:
  Object values_{{"n", 42},
                 {"f", 1.5},
                 {"s", "héllo"},
                 {"xs", Array{1, 2, 3}},
                 {"o", Object{{"a", Array{Object{{"b", nullptr}}}}}},
                 {"nothing", nullptr}};
};

/// A place outside the text would crash whoever marks the offending part.
void check_place(const ExpressionError& error, const std::string& text) {
  if (error.begin > error.end || error.end > text.size()) std::abort();
}

template <class Compiled>
void compile_and_evaluate(const std::string& text, const Environment& environment) {
  const auto compiled = Compiled::compile(text);
  if (!compiled) return check_place(compiled.error(), text);
  for (const NameUse& use : compiled->names()) {
    if (text.substr(use.begin, use.end - use.begin) != use.name) std::abort();
  }
  const auto value = compiled->evaluate(environment);
  if (!value) return check_place(value.error(), text);
  // What comes out can be stored and read again.
  if (!parse_json(to_json(*value, FloatForm::typed)).ok()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const SmallEnvironment environment;
  compile_and_evaluate<Expression>(text, environment);
  compile_and_evaluate<TextTemplate>(text, environment);
  return 0;
}
