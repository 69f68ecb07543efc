// What nodes that do their work outside are given: their templates, rendered, and credentials.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/expression/expression.hpp"
#include "core/value/value.hpp"
#include "core/workflow/workflow.hpp"
#include "engine/interpreter/runtime.hpp"

#include <string>
#include <vector>

namespace goflow::engine {

using ObjectResult = core::Result<core::Object, core::Failure>;
using ValueResult = core::Result<core::Value, core::Failure>;

/// A list of texts.
ValueResult render_texts(const std::vector<core::Placed<core::TextTemplate>>& texts,
                         const core::Environment& environment);
/// Null stands for a variable that is to be removed.
ObjectResult render_environment(const std::vector<core::NamedText>& entries,
                                const core::Environment& environment);
/// Null stands for a header that is not to be sent.
ObjectResult render_headers(const std::vector<core::NamedText>& headers,
                            const core::Environment& environment);
ObjectResult evaluate_all(const std::vector<core::NamedValue>& entries,
                          const core::Environment& environment);

/// validation: there is none of that name.
ValueResult find_credential(Runtime& runtime, const std::string& name);

}  // namespace goflow::engine
