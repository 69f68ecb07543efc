#include "core/workflow/nodes/node_reading.hpp"
#include "core/workflow/words.hpp"

#include <utility>

namespace goflow::core {

const Keys& signal_keys() {
  static const Keys keys{
      {"signal", forms::text(), "the name of the signal; a template", {}, true},
  };
  return keys;
}

std::optional<NodeWork> read_signal(NodeReading& reading) {
  if (reading.filled("signal") == nullptr) return std::nullopt;
  auto name = reading.text("signal");
  if (!name) return std::nullopt;
  if (name->what.is_literal() && !is_node_id(name->what.text())) {
    reading.fields.problems().add(
        Rule::unknown_word,
        reading.fields.find("signal")->at,
        "'" + name->what.text() + "' cannot be the signal of " + reading.fields.owner(),
        "begin with a letter, go on with letters, digits, '_' and '-', at most 128 characters");
  }
  return SignalNode{*std::move(name)};
}

}  // namespace goflow::core
