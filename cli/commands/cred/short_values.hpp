// Values of credentials that are too short to be kept out of what goflow writes.
#pragma once

#include "cli/context.hpp"
#include "core/secret/credential_metadata.hpp"
#include "core/secret/secret.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::cli {

/// False when some of it stays to be read. Of a structured value only the fields count that are
/// texts and not public.
bool can_be_masked(const core::Secret& value,
                   bool is_structured,
                   const std::vector<std::string>& public_fields);
/// By what is known of it.
bool can_be_masked(const core::Secret& value,
                   const std::optional<core::CredentialMetadata>& metadata);

/// `whose` says of which credentials, where that is not plain: "'github', 'shop'".
void warn_of_short_values(Context& context, const std::string& whose = {});

}  // namespace goflow::cli
