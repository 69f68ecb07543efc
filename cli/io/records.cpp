#include "cli/io/records.hpp"

#include "cli/io/yaml.hpp"
#include "core/value/json.hpp"

namespace goflow::cli {

core::Value select_fields(const core::Value& records, std::span<const std::string> fields) {
  if (fields.empty()) return records;
  if (records.is_array()) {
    core::Array selected;
    selected.reserve(records.as_array().size());
    for (const core::Value& record : records.as_array()) {
      selected.push_back(select_fields(record, fields));
    }
    return selected;
  }
  core::Object selected;
  for (const std::string& field : fields) {
    const core::Value* value = records.find(field);
    selected.set(field, value == nullptr ? core::Value() : *value);
  }
  return selected;
}

void write_json(Output& out, const core::Value& value) {
  out.line(out.is_terminal() ? core::to_indented_json(value) : core::to_json(value));
}

void write_json_line(Output& out, const core::Value& value) {
  out.line(core::to_json(value));
}

void write_yaml(Output& out, const core::Value& value) {
  out.write(to_yaml(value));
}

void write_result(Output& out, const core::Value& value) {
  if (value.is_null()) return;
  if (!value.is_text()) {
    write_json(out, value);
    return;
  }
  out.write(value.as_text());
  if (!value.as_text().ends_with('\n')) out.write("\n");
}

void write_records(Output& out, const OutputChoice& choice, const core::Value& records) {
  const core::Value selected = select_fields(records, choice.fields);
  if (choice.format == OutputFormat::yaml) {
    write_yaml(out, selected);
  } else {
    write_json(out, selected);
  }
}

}  // namespace goflow::cli
