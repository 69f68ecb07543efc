// Records for programs: rows as JSON or YAML, whole or by chosen fields.
#pragma once

#include "cli/command/output_choice.hpp"
#include "cli/io/output.hpp"
#include "core/value/value.hpp"

#include <span>
#include <string>

namespace goflow::cli {

/// A record, or each record of an array, with the fields in the order asked for; one that a record
/// lacks is null. No fields: everything.
core::Value select_fields(const core::Value& records, std::span<const std::string> fields);

/// Over several lines on a terminal, on one line otherwise.
void write_json(Output& out, const core::Value& value);
/// On one line, wherever it goes: one of many.
void write_json_line(Output& out, const core::Value& value);
void write_yaml(Output& out, const core::Value& value);

/// The result of a run: text as it is, other values as JSON, nothing at all for null.
void write_result(Output& out, const core::Value& value);

/// In the format and with the fields that were asked for; text is for the command itself to write.
void write_records(Output& out, const OutputChoice& choice, const core::Value& records);

}  // namespace goflow::cli
