#include "credentials/secret_service/no_answer.hpp"

#include "core/base/duration.hpp"

#include <string>

namespace goflow::credentials {

using core::Error;
using core::ErrorCode;

Error no_answer(std::string_view who, std::chrono::milliseconds limit, std::string_view setting) {
  return Error{ErrorCode::credential,
               std::string(who) + " did not answer within " + core::spell_duration(limit) +
                   ", it may be locked"}
      .with_hint(
          "unlock the login keyring, then: goflow doctor\nor give it longer: goflow config set " +
          std::string(setting) + " " + core::spell_duration(limit * 4));
}

}  // namespace goflow::credentials
