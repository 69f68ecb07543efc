#include "core/expression/expression.hpp"

#include "core/base/utf8.hpp"
#include "core/expression/evaluator.hpp"
#include "core/expression/fault.hpp"
#include "core/expression/parser.hpp"
#include "core/expression/placeholder.hpp"
#include "core/expression/tree.hpp"
#include "core/expression/uses.hpp"

#include <utility>

namespace goflow::core {
namespace {

using expression::Code;
using expression::fault;
using expression::Place;

}  // namespace

std::string_view to_string(ExpressionErrorCode code) {
  switch (code) {
    case ExpressionErrorCode::syntax:
      return "syntax";
    case ExpressionErrorCode::unknown_name:
      return "unknown_name";
    case ExpressionErrorCode::unknown_function:
      return "unknown_function";
    case ExpressionErrorCode::arity:
      return "arity";
    case ExpressionErrorCode::no_value:
      return "no_value";
    case ExpressionErrorCode::missing_field:
      return "missing_field";
    case ExpressionErrorCode::out_of_range:
      return "out_of_range";
    case ExpressionErrorCode::null_access:
      return "null_access";
    case ExpressionErrorCode::type_mismatch:
      return "type_mismatch";
    case ExpressionErrorCode::overflow:
      return "overflow";
    case ExpressionErrorCode::division_by_zero:
      return "division_by_zero";
    case ExpressionErrorCode::bad_argument:
      return "bad_argument";
    case ExpressionErrorCode::limit:
      return "limit";
    case ExpressionErrorCode::forbidden:
      return "forbidden";
  }
  return "syntax";
}

Result<Expression, ExpressionError> Expression::compile(std::string text) {
  constexpr std::size_t longest = std::size_t{16} << 10U;
  const Place all{0, text.size()};
  if (text.size() > longest) return fault(Code::limit, all, "the expression is longer than 16 KiB");
  if (const auto stray = utf8::first_invalid(text)) {
    return fault(Code::syntax, Place{*stray, *stray + 1}, "the expression is not UTF-8 text");
  }
  // `collection: "${people}"` means the expression within.
  const bool placeholder =
      text.starts_with("${") && expression::end_of_placeholder(text, 0) == text.size();
  const Place within = placeholder ? Place{2, text.size() - 1} : all;
  GOFLOW_TRY(ExpressionTree tree, expression::parse(std::move(text), within));
  return Expression(std::make_shared<const ExpressionTree>(std::move(tree)));
}

Result<Value, ExpressionError> Expression::evaluate(const Environment& environment) const {
  return expression::Evaluator(*tree_, environment).run();
}

const std::string& Expression::text() const {
  return tree_->text;
}

std::vector<NameUse> Expression::names() const {
  return expression::name_uses(*tree_->root);
}

std::vector<Lookup> Expression::lookups() const {
  return expression::lookups(*tree_->root);
}

bool Expression::may_be_boolean() const {
  return tree_->root->kinds.has(Kind::boolean);
}

Expression::Expression(std::shared_ptr<const ExpressionTree> tree) : tree_(std::move(tree)) {}

}  // namespace goflow::core
