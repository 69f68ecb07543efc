// The value of an http node, or why there is none, from the response.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/value/value.hpp"
#include "engine/nodes/http_request.hpp"

#include <string>
#include <vector>

namespace goflow::engine {

/// `{status, headers, body}`. The Failure of an unexpected status has that, the beginning of the
/// body and `retry_after`, in seconds, in its context. What is odd is added to `warnings`.
core::Result<core::Value, core::Failure> http_value(const HttpExchange& exchange,
                                                    HttpResponse response,
                                                    std::vector<std::string>& warnings);

}  // namespace goflow::engine
