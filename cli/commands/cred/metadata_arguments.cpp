#include "cli/commands/cred/metadata_arguments.hpp"

#include "core/base/suggest.hpp"
#include "core/execution/naming.hpp"
#include "core/secret/expiry.hpp"

#include <algorithm>

namespace goflow::cli {
namespace {

using core::CredentialMetadata;
using core::Error;
using core::ErrorCode;
using core::Result;

constexpr const char* text_kind = "text";
constexpr const char* structured_kind = "structured";

bool is_kind(const std::string& word) {
  constexpr std::size_t longest = 32;
  return !word.empty() && word.size() <= longest &&
         std::all_of(word.begin(), word.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
                  letter == '-';
         });
}

Result<void> check_kind(const MetadataArguments& arguments) {
  if (!arguments.kind) return {};
  if (!is_kind(*arguments.kind)) {
    return Error{ErrorCode::invalid_argument, "--kind: '" + *arguments.kind + "' is no such word"}
        .with_hint("up to 32 lower-case letters, digits and -, as in: --kind token");
  }
  const bool is_structured = *arguments.kind == structured_kind;
  if (is_structured == arguments.structured) return {};
  return Error{ErrorCode::invalid_argument,
               is_structured ? "a value is structured only when it is checked to be a JSON object"
                             : "the kind of a structured value is 'structured'"}
      .with_hint(is_structured ? "use --structured in place of --kind" : "leave out --kind");
}

std::string kind_after(const MetadataArguments& arguments,
                       const std::optional<CredentialMetadata>& before) {
  if (arguments.structured) return structured_kind;
  if (arguments.kind) return *arguments.kind;
  return before && before->kind != structured_kind ? before->kind : text_kind;
}

std::vector<std::string> fields_after(const MetadataArguments& arguments,
                                      const std::optional<CredentialMetadata>& before) {
  if (!arguments.structured) return {};
  if (arguments.public_fields) return public_fields_of(arguments);
  return before ? before->public_fields : std::vector<std::string>();
}

}  // namespace

void declare_metadata(Command& command, MetadataArguments& arguments) {
  command.flag("--structured", arguments.structured, "the value is a JSON object; kept compact");
  command.option(
      "--public FIELDS", arguments.public_fields, "fields of it that are no secret: user,host");
  command.group("What is known of it, and is not secret");
  command.option("--kind WORD", arguments.kind, "what it is: token, password, certificate");
  command.option("--expires TIME", arguments.expires, "good until: 90d, 2026-12-31");
  command.option("--description TEXT", arguments.description, "what it is for; not secret");
  command.option("--label KEY=VALUE", arguments.labels, "a label; may be repeated; not secret");
  command.group("");
}

Result<void> check_metadata(const MetadataArguments& arguments, core::Timestamp now) {
  if (arguments.public_fields && !arguments.structured) {
    return Error{ErrorCode::invalid_argument, "--public is for a value of several fields"}
        .with_hint("add --structured");
  }
  GOFLOW_TRY(check_kind(arguments));
  const auto metadata = metadata_after_set(arguments, std::nullopt, now);
  if (!metadata) return metadata.error();
  return {};
}

std::vector<std::string> public_fields_of(const MetadataArguments& arguments) {
  std::vector<std::string> fields;
  const std::string& written = arguments.public_fields.value_or("");
  for (std::size_t begin = 0; begin < written.size();) {
    const std::size_t comma = std::min(written.find(',', begin), written.size());
    if (comma > begin) fields.push_back(written.substr(begin, comma - begin));
    begin = comma + 1;
  }
  return fields;
}

Result<void> check_public_fields(const MetadataArguments& arguments,
                                 const std::vector<core::SecretField>& fields) {
  std::vector<std::string> names;
  for (const core::SecretField& field : fields) {
    names.push_back(field.name);
  }
  for (const std::string& wanted : public_fields_of(arguments)) {
    if (std::find(names.begin(), names.end(), wanted) != names.end()) continue;
    std::string hint = core::did_you_mean(wanted, names);
    if (hint.empty()) hint = "--public takes names of the fields of the value: user,host";
    return Error{ErrorCode::invalid_argument, "--public: the value has no field '" + wanted + "'"}
        .with_hint(hint);
  }
  return {};
}

Result<CredentialMetadata> metadata_after_set(const MetadataArguments& arguments,
                                              const std::optional<CredentialMetadata>& before,
                                              core::Timestamp now) {
  CredentialMetadata metadata = before.value_or(CredentialMetadata{now, now});
  metadata.updated_at = now;
  metadata.expires_at.reset();
  if (arguments.expires) {
    auto expires = core::parse_expiry(*arguments.expires, now);
    if (!expires) return std::move(expires).error().with_context("--expires");
    metadata.expires_at = *expires;
  }
  metadata.kind = kind_after(arguments, before);
  metadata.public_fields = fields_after(arguments, before);
  if (arguments.description) metadata.description = *arguments.description;
  if (!arguments.labels.empty()) metadata.labels.clear();
  for (const std::string& written : arguments.labels) {
    GOFLOW_TRY(core::Label label, core::parse_label(written));
    metadata.labels.insert_or_assign(std::move(label.key), label.value.value_or(""));
  }
  return metadata;
}

}  // namespace goflow::cli
