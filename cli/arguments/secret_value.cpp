#include "cli/arguments/secret_value.hpp"

#include "cli/io/secret_bytes.hpp"
#include "cli/io/secret_prompt.hpp"
#include "core/secret/credential_value.hpp"
#include "core/secret/structured.hpp"

#include <fcntl.h>
#include <string.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;
using core::WipedBytes;

// With the end of its line, so that a value which goes on behind it does not pass for a whole one.
constexpr std::size_t most_read = core::largest_credential + 2;
// Of what becomes shorter before it is kept.
constexpr std::size_t most_white_space = 16 * core::largest_credential;

constexpr const char* other_ways = "give it by --from-file FILE, --from-env NAME or on stdin";

Result<WipedBytes> read_from_file(const std::string& path, std::size_t most) {
  const core::Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open() && (errno == ENOENT || errno == ENOTDIR)) {
    return Error{ErrorCode::not_found, "no file '" + path + "'"};
  }
  auto value = file.is_open()
                   ? read_secret_bytes(file.get(), most)
                   : Result<WipedBytes>(Error{ErrorCode::unavailable, core::errno_text(errno)});
  if (!value) return std::move(value).error().with_context("cannot read '" + path + "'");
  return value;
}

Result<WipedBytes> read_from_variable(const std::string& name, const Environment& environment) {
  std::optional<std::string> found = environment(name);
  if (!found) {
    return Error{ErrorCode::invalid_argument, "no environment variable '" + name + "' is set"}
        .with_hint("set it with: export " + name + ", or use --from-file FILE");
  }
  std::string& text = *found;
  WipedBytes value(text.begin(), text.end());
  explicit_bzero(text.data(), text.size());
  return value;
}

Result<WipedBytes> ask(std::string_view what, Context& context) {
  auto value = ask_secret(context.terminal(), what, context.consent(false));
  if (value || value.error().code != ErrorCode::invalid_argument) return value;
  return std::move(value).error().with_hint(other_ways);
}

Result<WipedBytes> read_from_source(const SecretValueArguments& arguments,
                                    std::string_view what,
                                    std::size_t most,
                                    Context& context) {
  if (arguments.file && arguments.variable) {
    return Error{ErrorCode::invalid_argument, "the value cannot come from a file and a variable"}
        .with_hint("give --from-file or --from-env, not both");
  }
  if (arguments.file && *arguments.file != "-") return read_from_file(*arguments.file, most);
  if (arguments.variable) return read_from_variable(*arguments.variable, context.environment());
  if (arguments.file || !context.terminal().stdin_is_terminal()) {
    auto value = context.terminal().read_secret(most);
    if (!value) return std::move(value).error().with_context("cannot read stdin");
    return value;
  }
  return ask(what, context);
}

}  // namespace

void declare_secret_value(Command& command, SecretValueArguments& arguments) {
  command.option("--from-file FILE", arguments.file, "a file that holds the value; - is stdin")
      .completes(CompletesWith::file);
  command.option("--from-env NAME", arguments.variable, "an environment variable that holds it");
  command.flag("--raw", arguments.raw, "keep the end of a single line");
}

Result<WipedBytes> read_secret_value(const SecretValueArguments& arguments,
                                     std::string_view what,
                                     Context& context) {
  GOFLOW_TRY(WipedBytes value, read_from_source(arguments, what, most_read, context));
  if (!arguments.raw) drop_line_end(value);
  GOFLOW_TRY(core::check_credential_value(core::as_text(value)));
  return value;
}

Result<core::Secret> read_structured_value(const SecretValueArguments& arguments,
                                           std::string_view what,
                                           Context& context) {
  GOFLOW_TRY(const WipedBytes typed, read_from_source(arguments, what, most_white_space, context));
  const bool may_become_shorter =
      typed.size() > core::largest_credential && typed.size() <= most_white_space;
  if (!may_become_shorter) GOFLOW_TRY(core::check_credential_value(core::as_text(typed)));
  GOFLOW_TRY(core::Secret value,
             core::compact_structured(core::Secret::copy_of(core::as_text(typed))));
  GOFLOW_TRY(core::check_credential_value(value.expose()));
  return value;
}

void drop_line_end(WipedBytes& value) {
  if (value.empty() || std::find(value.begin(), value.end(), '\n') != value.end() - 1) return;
  value.pop_back();
  if (!value.empty() && value.back() == '\r') value.pop_back();
}

}  // namespace goflow::cli
