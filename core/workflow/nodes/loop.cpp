#include "core/workflow/nodes/node_reading.hpp"
#include "core/workflow/words.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace goflow::core {
namespace {

FormulaPlace in_round(FormulaPlace place) {
  place.in_round = true;
  return place;
}

/// A number is that many rounds, a list is itself, a text is an expression.
void read_collection(NodeReading& reading, LoopNode& loop, const YamlNode& value) {
  const FormulaPlace place = reading.place("collection");
  if (value.is_scalar() && value.scalar.is_integer() && value.scalar.as_integer() >= 0) {
    loop.collection = value.scalar.as_integer();
  } else if (value.is_scalar() && value.scalar.is_text()) {
    if (auto expression = reading.expression(value, place))
      loop.collection = *std::move(expression);
  } else if (value.is_list()) {
    if (auto list = reading.compiler.value(value, place)) loop.collection = *std::move(list);
  } else {
    reading.fields.report_type(value, "collection", "an expression, a list or a whole number ≥ 0");
  }
}

void read_rounds(NodeReading& reading, LoopNode& loop) {
  const auto keys = reading.exclusive({"collection", "while"});
  if (keys.empty()) return reading.report_missing("'collection' or 'while'");
  if (keys.size() > 1) return;
  if (keys[0] == "collection") {
    return read_collection(reading, loop, *reading.fields.find("collection"));
  }
  loop.condition =
      reading.decision(*reading.fields.find("while"), in_round(reading.place("while")));
  static_cast<void>(reading.exclusive({"while", "parallel"}));
}

void read_item(NodeReading& reading, LoopNode& loop) {
  const auto item = reading.fields.text("item");
  if (!item) return;
  const Span at = reading.fields.find("item")->at;
  reading.draft.item_at = at;
  loop.item = *item;
  if (is_variable_name(*item) && !is_reserved_word(*item)) return;
  reading.fields.problems().add(Rule::bad_variable_name,
                                at,
                                "'" + *item + "' cannot be the item of " + reading.fields.owner(),
                                "use letters, digits and '_', and no word of the language");
}

}  // namespace

const Keys& loop_keys() {
  static const Keys keys{
      {"collection",
       forms::either({forms::expression(), forms::list_of(forms::anything()), forms::whole(0)}),
       "an expression that yields a list, a list, or a number of rounds"},
      {"while", forms::expression(), "rounds go on while it is true"},
      {"item", forms::text_like(variable_pattern), "the name of the element; 'item'"},
      {"body", forms::sequence(), "what runs in each round", {}, true},
      {"break_condition", forms::expression(), "ends the loop, before the body"},
      {"parallel", forms::whole(1), "how many rounds run at once, 1"},
      {"max_iterations", forms::whole(1), "the most rounds there may be, 10000"},
  };
  return keys;
}

std::optional<NodeWork> read_loop(NodeReading& reading) {
  LoopNode loop;
  read_rounds(reading, loop);
  read_item(reading, loop);
  if (const YamlNode* body = reading.filled("body")) {
    reading.draft.bodies.push_back(reading.read_sequence(*body, "body"));
  }
  if (const YamlNode* value = reading.fields.find("break_condition")) {
    loop.break_condition = reading.decision(*value, in_round(reading.place("break_condition")));
  }
  if (const auto rounds = reading.fields.whole("parallel")) {
    loop.parallel =
        static_cast<int>(std::min<std::int64_t>(*rounds, std::numeric_limits<int>::max()));
  }
  loop.max_iterations = reading.fields.whole("max_iterations").value_or(loop.max_iterations);
  return loop;
}

}  // namespace goflow::core
