// Where a list goes on, as a word that one hands back: opaque, and of use with its filters alone.
#pragma once

#include "cli/arguments/execution_filter.hpp"
#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"

#include <string>

namespace goflow::cli {

/// `filter` as it was made of the arguments: the next page has the same bounds in time.
std::string make_page_token(const core::PagePosition& position,
                            const FilterArguments& arguments,
                            const core::ExecutionFilter& filter);

/// Sets the bounds in time that the first page had. invalid_argument: damaged, or made with other
/// filters.
core::Result<core::PagePosition> read_page_token(const std::string& token,
                                                 const FilterArguments& arguments,
                                                 core::ExecutionFilter& filter);

}  // namespace goflow::cli
