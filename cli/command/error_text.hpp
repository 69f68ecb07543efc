// What an error looks like on stderr: a sentence and a hint, or one JSON object.
#pragma once

#include "core/base/error.hpp"
#include "core/workflow/diagnostic.hpp"

#include <string>
#include <string_view>

namespace goflow::cli {

/// "error: …\nhint: …\n"
std::string error_text(const core::Error& error);

/// `{"code":"not_found","message":…,"hint":…,"file":null,"line":null,"column":null}` and a line
/// break. Fields are API; what is not known is null.
std::string error_json(const core::Error& error);

/// The same for a fault of a workflow file, which has a place. (Its text is core::render.)
std::string error_json(const core::Diagnostic& diagnostic, std::string_view file);

}  // namespace goflow::cli
