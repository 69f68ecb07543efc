// Rows for spreadsheets, as RFC 4180 has them.
#pragma once

#include <string>
#include <vector>

namespace goflow::cli {

/// With its line end; a cell with a comma, a quote or a line break is quoted.
std::string csv_row(const std::vector<std::string>& cells);

}  // namespace goflow::cli
