// Where a value that is kept elsewhere came from, for whoever misses it.
#pragma once

#include <string>
#include <string_view>

namespace goflow::core {

struct ValueOrigin {
  enum class Maker { run, node, caller };

  std::string name;  // the variable or field in which it was first kept
  std::string execution_id = {};
  Maker maker = Maker::run;
  std::string place = {};  // the node, of those at the top; the input that the caller gave
};

/// What came into being at this path of a run; empty: in none of its nodes.
ValueOrigin made_at(std::string name, std::string execution_id, std::string_view path);
ValueOrigin given_as(std::string input, std::string execution_id);

/// The command by which it comes into being again.
std::string how_to_make_again(const ValueOrigin& origin);

}  // namespace goflow::core
