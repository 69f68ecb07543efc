#include "core/secret/credential_value.hpp"

namespace goflow::core {

Result<void> check_credential_value(const Secret& value) {
  if (value.expose().find_first_not_of(" \t\r\n\v\f") == std::string_view::npos) {
    return Error{ErrorCode::invalid_argument, "the value is empty or only white space"}.with_hint(
        "give it on standard input, as in: goflow cred set github < token.txt");
  }
  if (value.size() > largest_credential) {
    return Error{ErrorCode::invalid_argument,
                 "the value has " + std::to_string(value.size()) +
                     " bytes, more than the 1048576 that are possible"}
        .with_hint("keep it in a file, and only the key that opens it as a credential");
  }
  return {};
}

}  // namespace goflow::core
