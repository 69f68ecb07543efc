#include "cli/commands/cred/export_passphrase.hpp"

#include "cli/io/secret_prompt.hpp"
#include "credentials/encrypted_file/file_keys.hpp"

namespace goflow::cli {
namespace {

using core::ErrorCode;
using core::Result;
using core::Secret;
using core::WipedBytes;

constexpr const char* what = "passphrase of the export";

Result<Secret> answered(Result<WipedBytes> answer) {
  if (answer) return Secret::copy_of(core::as_text(*answer));
  core::Error error = std::move(answer).error();
  const bool is_unanswerable = error.code == ErrorCode::invalid_argument && error.hint.empty();
  if (is_unanswerable) error.hint = "keep it in a file with mode 0600: --passphrase-file FILE";
  return error;
}

}  // namespace

void declare_export_passphrase(Command& command, std::optional<std::string>& file) {
  command.option("--passphrase-file FILE", file, "a file of mode 0600 that holds the passphrase")
      .completes(CompletesWith::file);
}

Result<Secret> new_passphrase(const std::optional<std::string>& file, Context& context) {
  GOFLOW_TRY(Secret passphrase,
             file ? credentials::read_passphrase_file(*file)
                  : answered(ask_new_secret(context.terminal(), what, context.consent(false))));
  GOFLOW_TRY(credentials::check_new_passphrase(passphrase));
  return passphrase;
}

Result<Secret> known_passphrase(const std::optional<std::string>& file, Context& context) {
  if (file) return credentials::read_passphrase_file(*file);
  return answered(ask_secret(context.terminal(), what, context.consent(false)));
}

}  // namespace goflow::cli
