#include "core/expression/reference.hpp"

#include "core/expression/builtins/builtin.hpp"

#include <array>
#include <span>
#include <utility>

namespace goflow::core {

std::vector<FunctionSection> function_reference() {
  using Section = std::pair<std::string_view, std::span<const expression::Builtin>>;
  const std::array<Section, 8> sections{
      {{"TEXT", expression::text_builtins()},
       {"NUMBERS", expression::number_builtins()},
       {"LISTS", expression::list_builtins()},
       {"WITH AN EXPRESSION FOR EACH ELEMENT", expression::closure_builtins()},
       {"OBJECTS AND CONVERSION", expression::object_builtins()},
       {"TIME", expression::time_builtins()},
       {"CHOICE", expression::choice_builtins()},
       {"SURROUNDINGS", expression::surroundings_builtins()}}};
  std::vector<FunctionSection> reference;
  for (const auto& [title, builtins] : sections) {
    FunctionSection section{title, {}};
    for (const expression::Builtin& builtin : builtins) {
      section.functions.push_back({builtin.signature, builtin.meaning});
    }
    reference.push_back(std::move(section));
  }
  return reference;
}

}  // namespace goflow::core
