// What an http node was told to do, out of the value that the interpreter made of it.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/value/value.hpp"
#include "core/workflow/workflow.hpp"
#include "engine/loop/http_transfer.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::engine {

struct HttpExchange {
  HttpRequest request;
  bool follow_redirects = true;
  std::vector<core::StatusRange> expect;
  std::optional<core::HttpParse> parse = std::nullopt;  // nullopt: by content type
};

/// `environment`: "NAME=value", for the proxies and the certificates that it names. `text_file`:
/// where the body lies, if that is a text and was not read. The Failure is of kind `validation`: it
/// cannot be sent like this.
core::Result<HttpExchange, core::Failure> make_exchange(
    const core::Value& input,
    const std::vector<std::string>& environment,
    const std::string& working_directory,
    const std::optional<std::string>& text_file = std::nullopt);

/// Without a method and content: the "url", "query", "headers" and "auth" of `input`, and what the
/// environment has to say. The Failure likewise.
core::Result<HttpRequest, core::Failure> make_request(const core::Value& input,
                                                      const std::string& content_type,
                                                      const std::vector<std::string>& environment);

/// Whom it goes to, for messages.
std::string host_of(const HttpExchange& exchange);

}  // namespace goflow::engine
