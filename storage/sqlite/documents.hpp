// What several tables of the history keep as JSON within one column, and how it is read again.
#pragma once

#include "core/execution/execution.hpp"
#include "core/value/value.hpp"

#include <string>
#include <string_view>

namespace goflow::storage {

/// Empty when there is no such member, or it is no text.
std::string text_member(const core::Value& object, std::string_view name);
/// What is no time reads as the beginning of time.
core::Timestamp time_member(const core::Value& object, std::string_view name);

core::Object to_object(const core::TextMap& texts);
core::TextMap to_text_map(const core::Object& object);

/// {"namespace": …, "bind": {name: key}}, without what is not there.
core::Object bindings_document(const core::CredentialBindings& bindings);
core::CredentialBindings read_bindings(const core::Value& document);

/// The counterpart of core::to_document().
core::AuditTrail read_trail(const core::Value& document);

}  // namespace goflow::storage
