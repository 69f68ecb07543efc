// Records for programs: rows as JSON or YAML, whole or by chosen fields.
#pragma once

#include "cli/io/output.hpp"
#include "core/value/value.hpp"

#include <span>
#include <string>

namespace goflow::cli {

enum class OutputFormat { text, json, yaml };

/// A record, or each record of an array, with the fields in the order asked for; one that a record
/// lacks is null. No fields: everything.
core::Value select_fields(const core::Value& records, std::span<const std::string> fields);

/// Over several lines on a terminal, on one line otherwise.
void write_json(Output& out, const core::Value& value);
void write_yaml(Output& out, const core::Value& value);

}  // namespace goflow::cli
