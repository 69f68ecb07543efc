// The passphrase of an export file: out of a file, or from the person at the terminal.
#pragma once

#include "cli/command/command.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/secret/secret.hpp"

#include <optional>
#include <string>

namespace goflow::cli {

void declare_export_passphrase(Command& command, std::optional<std::string>& file);

/// Of a file that is to be written; a person is asked twice. invalid_argument: it has fewer than 12
/// characters, or nobody can be asked. credential: the file cannot be used.
core::Result<core::Secret> new_passphrase(const std::optional<std::string>& file, Context& context);

/// Of a file that is there.
core::Result<core::Secret> known_passphrase(const std::optional<std::string>& file,
                                            Context& context);

}  // namespace goflow::cli
