// Where a redirect leads, and what may be taken along.
#pragma once

#include "core/base/result.hpp"
#include "engine/loop/http_transfer.hpp"

#include <string>

namespace goflow::engine {

bool is_redirect(const HttpResponse& response);

/// The request to make instead: to another host without anything that looks like a credential, and
/// as GET where browsers do it so. The text says why it is not made: https never becomes http.
core::Result<HttpRequest, std::string> redirected(const HttpRequest& request,
                                                  const HttpResponse& response);

}  // namespace goflow::engine
