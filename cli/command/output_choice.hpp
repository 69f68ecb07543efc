// How a result is to be written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace goflow::cli {

enum class OutputFormat { text, json, yaml };

/// `--json`, `--json=a,b` and `--output json` all end up here.
struct OutputChoice {
  OutputFormat format = OutputFormat::text;
  std::vector<std::string> fields = {};  // those asked for, all of them known; empty: every one

  [[nodiscard]] bool is_text() const { return format == OutputFormat::text; }
};

/// A field of a command's JSON. Fields are API: they are only ever added.
struct Field {
  std::string_view name;
  std::string_view meaning;
};

}  // namespace goflow::cli
