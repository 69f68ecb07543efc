// Whether an execution has to do with a text that somebody looks for.
#pragma once

#include "core/execution/execution.hpp"

#include <string>
#include <string_view>

namespace goflow::core {

/// The text in lower case, letter by letter.
std::string folded(std::string_view text);

/// `text` is part of its id, name, workflow, a tag or the message of its error, in any case.
bool matches_search(const Execution& execution, std::string_view text);

}  // namespace goflow::core
