#include "engine/nodes/environment.hpp"

#include "core/claimcheck/claimed_value.hpp"
#include "core/value/json.hpp"
#include "core/value/payload.hpp"
#include "engine/nodes/scratch.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <utility>

namespace goflow::engine {
namespace {

constexpr std::size_t longest_entry = 128UL * 1024;  // Linux counts name, '=' and the end as well
constexpr std::size_t most_in_all = 1024UL * 1024;

struct Export {
  std::string name;
  std::string text;
  std::string blob = {};  // the key of what it is kept as; empty: it is not
};

bool is_reserved(std::string_view name) {
  constexpr std::array<std::string_view, 6> names{
      "PATH", "HOME", "IFS", "ENV", "BASH_ENV", "SHELL"};
  constexpr std::array<std::string_view, 3> prefixes{"LD_", "DYLD_", "GOFLOW_"};
  return std::find(names.begin(), names.end(), name) != names.end() ||
         std::any_of(prefixes.begin(), prefixes.end(), [name](std::string_view prefix) {
           return name.substr(0, prefix.size()) == prefix;
         });
}

bool fits_an_entry(const Export& variable) {
  return variable.name.size() + variable.text.size() + 2 <= longest_entry &&
         variable.text.find('\0') == std::string::npos;
}

/// Those that must be files are at the end of the list, which begins at the returned place.
std::size_t first_for_a_file(std::vector<Export>& variables) {
  const auto large = std::stable_partition(variables.begin(), variables.end(), fits_an_entry);
  std::size_t total = 0;
  for (auto it = variables.begin(); it != large; ++it) {
    total += it->text.size();
  }
  auto place = static_cast<std::size_t>(large - variables.begin());
  if (total <= most_in_all) return place;
  std::stable_sort(variables.begin(), large, [](const Export& a, const Export& b) {
    return a.text.size() < b.text.size();
  });
  while (total > most_in_all) {
    total -= variables[--place].text.size();
  }
  return place;
}

bool mentions(std::string_view script, std::string_view name) {
  const auto is_part_of_name = [](char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
  };
  for (std::size_t at = script.find(name); at != std::string_view::npos;
       at = script.find(name, at + 1)) {
    std::string_view rest = script.substr(at + name.size());
    if (rest.starts_with("_FILE")) rest.remove_prefix(5);
    const bool begins = at == 0 || !is_part_of_name(script[at - 1]);
    if (begins && (rest.empty() || !is_part_of_name(rest.front()))) return true;
  }
  return false;
}

/// So long that it needs a file, whatever line ends it ends with.
bool is_surely_for_a_file(const core::Value& value) {
  const auto payload = value.payload();
  return payload && payload->size() > 2 * longest_entry;
}

Export exported(const std::string& name, const core::Value& value) {
  const auto kept = core::claimed(value);
  return Export{name, core::to_text(value), kept ? kept->claim().key.text() : std::string()};
}

}  // namespace

void Environment::set(std::string_view name, std::string value) {
  changes_.insert_or_assign(std::string(name), std::move(value));
}

void Environment::remove(std::string_view name) {
  changes_.insert_or_assign(std::string(name), std::nullopt);
}

std::vector<std::string> Environment::entries() const {
  std::vector<std::string> entries;
  entries.reserve(inherited_.size() + changes_.size());
  for (const std::string& entry : inherited_) {
    const std::string_view name = std::string_view(entry).substr(0, entry.find('='));
    if (changes_.find(name) == changes_.end()) entries.push_back(entry);
  }
  for (const auto& [name, value] : changes_) {
    if (value) entries.push_back(name + "=" + *value);
  }
  return entries;
}

core::Result<ExportedVariables> export_variables(const core::Object& variables,
                                                 std::string_view script,
                                                 Environment& environment,
                                                 Scratch& scratch) {
  ExportedVariables exported_variables;
  std::vector<Export> exports;
  for (const auto& [name, value] : variables) {
    if (is_reserved(name)) continue;
    try {
      std::optional<std::string> file;
      if (is_surely_for_a_file(value)) {
        GOFLOW_TRY(file, scratch.shared_text(value));
      }
      if (file) {
        environment.remove(name);
        environment.set(name + "_FILE", *std::move(file));
      } else {
        exports.push_back(exported(name, value));
      }
    } catch (const core::PayloadUnavailable& lost) {
      if (mentions(script, name)) throw;
      exported_variables.warnings.push_back("the script runs without '" + name +
                                            "': " + lost.error().message);
    }
  }
  const std::size_t for_files = first_for_a_file(exports);
  for (std::size_t i = 0; i < exports.size(); ++i) {
    auto& [name, text, blob] = exports[i];
    if (i < for_files) {
      environment.set(name, std::move(text));
      continue;
    }
    environment.remove(name);
    if (!blob.empty()) {
      GOFLOW_TRY(const std::string path, scratch.shared(blob, text));
      environment.set(name + "_FILE", path);
      continue;
    }
    GOFLOW_TRY(auto file, scratch.write(text));
    environment.set(name + "_FILE", file->path());
    exported_variables.files.push_back(std::move(file));
  }
  return exported_variables;
}

}  // namespace goflow::engine
