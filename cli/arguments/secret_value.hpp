// Where the value of a secret comes from: a file, a variable, stdin or the keyboard, but never the
// command line, which other processes see and shells remember.
#pragma once

#include "cli/command/command.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/secret/secret.hpp"
#include "core/secret/wiped_bytes.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace goflow::cli {

struct SecretValueArguments {
  std::optional<std::string> file = std::nullopt;
  std::optional<std::string> variable = std::nullopt;
  bool raw = false;
};

void declare_secret_value(Command& command, SecretValueArguments& arguments);

/// From what was named; else from stdin, when that is no terminal; else asks for, say, "value of
/// 'github'". A single line comes without its end unless it is to be raw.
///
/// invalid_argument: two sources were named, the variable is not set, nobody can be asked, or the
/// value is none; see check_credential_value(). not_found: there is no such file.
core::Result<core::WipedBytes> read_secret_value(const SecretValueArguments& arguments,
                                                 std::string_view what,
                                                 Context& context);

/// The same of a JSON object, which comes compact. It may have more white space than could be kept.
core::Result<core::Secret> read_structured_value(const SecretValueArguments& arguments,
                                                 std::string_view what,
                                                 Context& context);

/// A single line loses its end, as the usual file with a token has one; several lines stay.
void drop_line_end(core::WipedBytes& value);

}  // namespace goflow::cli
