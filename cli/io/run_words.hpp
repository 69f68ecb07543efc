// The few words about a node that stand beside it on every screen.
#pragma once

#include "core/value/value.hpp"

#include <string>
#include <string_view>

namespace goflow::cli {

/// "HTTP 503", or "HTTP 503 after 3 attempts"; one line.
std::string failure_words(std::string_view message, int attempt);

/// What a signal node asks for, from its recorded inputs: "waits for 'approve': Apply this plan?".
/// Empty for other nodes.
std::string signal_words(std::string_view node_type, const core::Value& inputs);

/// Why a node was skipped, from the recorded reason.
std::string skip_words(std::string_view reason);

}  // namespace goflow::cli
