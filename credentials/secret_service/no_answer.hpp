// What is told of a service that was waited for in vain.
#pragma once

#include "core/base/error.hpp"

#include <chrono>
#include <string_view>

namespace goflow::credentials {

/// Within which the service has to answer, unless somebody is asked for a password.
inline constexpr std::string_view answer_setting = "credentials.timeout";

/// credential. `setting`: by which the user can make the limit longer.
core::Error no_answer(std::string_view who,
                      std::chrono::milliseconds limit,
                      std::string_view setting = answer_setting);

}  // namespace goflow::credentials
