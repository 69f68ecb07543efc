#include "core/secret/credential_value.hpp"

namespace goflow::core {
namespace {

Error no_value(const char* message) {
  return Error{ErrorCode::invalid_argument, message}.with_hint(
      "give it on standard input, as in: goflow cred set github < token.txt");
}

}  // namespace

Result<void> check_credential_value(std::string_view value) {
  if (value.empty()) return no_value("the value is empty");
  if (value.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos) {
    return no_value("the value is only white space");
  }
  if (value.size() > largest_credential) {
    return Error{ErrorCode::invalid_argument, "the value is larger than 1 MiB"}.with_hint(
        "keep it in a file, and only the key that opens it as a credential");
  }
  return {};
}

}  // namespace goflow::core
