#include "core/workflow/sharing/export.hpp"

#include "core/workflow/sharing/sensitive.hpp"
#include "core/workflow/sharing/text_edit.hpp"
#include "core/workflow/sharing/yaml_map.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

constexpr std::string_view heading = "# CREDENTIAL WARNING";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::vector<ExportNote> notes_of(const std::vector<SensitiveMember>& members,
                                 const SourceText& source) {
  std::vector<ExportNote> notes;
  for (const SensitiveMember& part : members) {
    notes.push_back({part.what, source.position(part.member->key_at.begin)});
  }
  return notes;
}

Error too_unusual(const std::string& what, std::string_view file) {
  return Error{ErrorCode::failed_precondition,
               "cannot take '" + what + "' out of '" + std::string(file) + "'"}
      .with_hint("its YAML is unusual, take it out by hand");
}

/// One at a time: after each the places of the others are new.
Result<std::string> without_secrets(std::string text, std::string_view file) {
  for (std::size_t left = std::string::npos;;) {
    GOFLOW_TRY(const YamlPtr root, read_yaml_map(text, file));
    const SensitiveParts parts = find_sensitive(*root);
    if (parts.secrets.empty()) return text;
    const SensitiveMember& last = parts.secrets.back();
    if (parts.secrets.size() >= left) return too_unusual(last.what, file);
    left = parts.secrets.size();
    text = without_member(std::move(text), *last.map, *last.member, last.parent);
  }
}

Result<std::string> with_placeholders(std::string text, std::string_view file) {
  for (std::size_t left = std::string::npos;;) {
    GOFLOW_TRY(const YamlPtr root, read_yaml_map(text, file));
    const SensitiveParts parts = find_sensitive(*root);
    if (parts.references.empty()) return text;
    const SensitiveMember& last = parts.references.back();
    if (parts.references.size() >= left) return too_unusual(last.what, file);
    left = parts.references.size();
    text = with_scalar(
        std::move(text), *last.map, *last.member, "\"" + std::string(reference_placeholder) + "\"");
  }
}

Result<std::string> with_version(std::string text, std::string_view file) {
  GOFLOW_TRY(YamlPtr root, read_yaml_map(text, file));
  if (root->find("version") != nullptr) return text;
  text = with_first_member(std::move(text), *root, "version: \"1.0\"");
  GOFLOW_TRY(root, read_yaml_map(text, file));
  if (root->find("version") != nullptr) return text;
  return Error{ErrorCode::failed_precondition,
               "cannot add a version to '" + std::string(file) + "'"}
      .with_hint("its YAML is unusual, add it by hand: version: \"1.0\"");
}

std::string count(std::size_t number, std::string_view one, std::string_view many) {
  return std::to_string(number) + " " + std::string(number == 1 ? one : many);
}

std::string warning(const ExportedWorkflow& exported) {
  std::string text(heading);
  text += ": " + count(exported.removed.size(), "entry was", "entries were") + " removed\n";
  if (exported.removed.empty() && exported.references.empty()) {
    return text + "# Nothing has to be set up.\n\n";
  }
  text += "# To be set up before the first run:\n";
  for (const ExportNote& note : exported.removed) {
    text += "#   " + note.what + "\n";
  }
  if (!exported.references.empty()) {
    text += "#   " +
            count(exported.references.size(), "credential_ref", "values of credential_ref") +
            ", marked " + std::string(reference_placeholder) + "\n";
  }
  return text + "\n";
}

}  // namespace

Result<ExportedWorkflow> export_workflow(std::string_view text, std::string_view file) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  GOFLOW_TRY(const YamlPtr root, read_yaml_map(text, file));
  const SourceText source(text);
  const SensitiveParts parts = find_sensitive(*root);
  ExportedWorkflow exported{
      "", notes_of(parts.secrets, source), notes_of(parts.references, source), {}};
  for (const YamlNode* token : parts.tokens) {
    exported.suspicious.push_back({"text", source.position(token->at.begin)});
  }
  GOFLOW_TRY(std::string shared, without_secrets(std::string(text), file));
  GOFLOW_TRY(shared, with_placeholders(std::move(shared), file));
  GOFLOW_TRY(shared, with_version(std::move(shared), file));
  // What an earlier export took out is still missing.
  const bool is_told =
      exported.removed.empty() && exported.references.empty() && shared.starts_with(heading);
  exported.text = is_told ? std::move(shared) : warning(exported) + shared;
  return exported;
}

}  // namespace goflow::core
