#include "core/expression/syntax.hpp"

#include <algorithm>
#include <array>

namespace goflow::core::expression {
namespace {

using Op = BinaryOperator;

constexpr std::array<BinarySyntax, 24> binaries{{
    {"or", Op::either, 3, Grouping::left},
    {"||", Op::either, 3, Grouping::left},
    {"and", Op::both, 4, Grouping::left},
    {"&&", Op::both, 4, Grouping::left},
    {"==", Op::equal, 5, Grouping::none},
    {"!=", Op::unequal, 5, Grouping::none},
    {"<", Op::less, 5, Grouping::none},
    {"<=", Op::less_or_equal, 5, Grouping::none},
    {">", Op::greater, 5, Grouping::none},
    {">=", Op::greater_or_equal, 5, Grouping::none},
    {"in", Op::in, 5, Grouping::none, true},
    {"contains", Op::contains, 5, Grouping::none, true},
    {"startsWith", Op::starts_with, 5, Grouping::none, true},
    {"endsWith", Op::ends_with, 5, Grouping::none, true},
    {"matches", Op::matches, 5, Grouping::none, true},
    {"..", Op::range, 6, Grouping::none},
    {"+", Op::add, 7, Grouping::left},
    {"-", Op::subtract, 7, Grouping::left},
    {"*", Op::multiply, 9, Grouping::left},
    {"/", Op::divide, 9, Grouping::left},
    {"%", Op::remainder, 9, Grouping::left},
    {"**", Op::power, 11, Grouping::right},
    {"^", Op::power, 11, Grouping::right},
    {"??", std::nullopt, 12, Grouping::left},
}};

constexpr std::array<PrefixSyntax, 4> prefixes{{
    {"not", UnaryOperator::negation, 8},
    {"!", UnaryOperator::negation, 8},
    {"-", UnaryOperator::negative, 10},
    {"+", UnaryOperator::positive, 10},
}};

constexpr std::array<std::string_view, 13> reserved{"true",
                                                    "false",
                                                    "null",
                                                    "nil",
                                                    "and",
                                                    "or",
                                                    "not",
                                                    "in",
                                                    "contains",
                                                    "startsWith",
                                                    "endsWith",
                                                    "matches",
                                                    "let"};

template <class Table>
auto find(const Table& table, const Token& token) -> decltype(&table[0]) {
  if (token.kind != TokenKind::word && token.kind != TokenKind::symbol) return nullptr;
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& entry) {
    return entry.spelling == token.spelling;
  });
  return found == table.end() ? nullptr : &*found;
}

}  // namespace

const BinarySyntax* find_binary(const Token& token) {
  return find(binaries, token);
}

const PrefixSyntax* find_prefix(const Token& token) {
  return find(prefixes, token);
}

bool is_reserved(std::string_view word) {
  return std::find(reserved.begin(), reserved.end(), word) != reserved.end();
}

}  // namespace goflow::core::expression
