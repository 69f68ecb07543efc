// The English names of the calendar.
#pragma once

#include <array>
#include <string_view>

namespace goflow::core::expression::calendar {

inline constexpr std::size_t short_name = 3;

inline constexpr std::array<std::string_view, 12> months{"January",
                                                         "February",
                                                         "March",
                                                         "April",
                                                         "May",
                                                         "June",
                                                         "July",
                                                         "August",
                                                         "September",
                                                         "October",
                                                         "November",
                                                         "December"};

inline constexpr std::array<std::string_view, 7> weekdays{
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

}  // namespace goflow::core::expression::calendar
