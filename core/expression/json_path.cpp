#include "core/expression/json_path.hpp"

#include "core/base/utf8.hpp"
#include "core/expression/fault.hpp"
#include "core/expression/jsonpath/parser.hpp"
#include "core/expression/jsonpath/walker.hpp"

#include <utility>

namespace goflow::core {

using expression::Code;
using expression::fault;
using expression::Place;

struct JsonPath::Compiled {
  std::string text;
  expression::jsonpath::Query query;
};

Result<JsonPath, ExpressionError> JsonPath::compile(std::string text) {
  constexpr std::size_t longest = std::size_t{16} << 10U;
  if (text.size() > longest) {
    return fault(Code::limit, Place{0, text.size()}, "the JSONPath is longer than 16 KiB");
  }
  if (const auto stray = utf8::first_invalid(text)) {
    return fault(Code::syntax, Place{*stray, *stray + 1}, "the JSONPath is not UTF-8 text");
  }
  GOFLOW_TRY(auto query, expression::jsonpath::parse(text));
  return JsonPath(std::make_shared<const Compiled>(Compiled{std::move(text), std::move(query)}));
}

Result<Value, ExpressionError> JsonPath::evaluate(const Value& input) const {
  return expression::jsonpath::Walker(compiled_->text, input).run(compiled_->query);
}

const std::string& JsonPath::text() const {
  return compiled_->text;
}

JsonPath::JsonPath(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

}  // namespace goflow::core
