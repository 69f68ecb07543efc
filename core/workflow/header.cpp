#include "core/workflow/header.hpp"

#include "core/base/clock.hpp"
#include "core/workflow/named_templates.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

constexpr std::size_t longest_name = 256;
constexpr std::size_t longest_description = 4096;
constexpr std::size_t most_tags = 50;
constexpr std::size_t longest_tag = 64;
constexpr std::int64_t most_concurrency = 256;
constexpr std::int64_t most_active_runs = 1000;

std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

void check_length(
    Fields& fields, Span at, std::string_view what, const std::string& text, std::size_t most) {
  const std::size_t length = characters_of(text);
  if (length <= most) return;
  fields.problems().add(Rule::bad_name,
                        at,
                        std::string(what) + " has " + std::to_string(length) +
                            " characters, at most " + std::to_string(most) + " are allowed");
}

void read_name(Fields& fields, Workflow& workflow) {
  const YamlNode* name = fields.find("name");
  if (name == nullptr || (name->is_scalar() && name->text.empty())) {
    fields.problems().add(
        Rule::bad_name, name == nullptr ? fields.map().at : name->at, "the workflow lacks 'name'");
    return;
  }
  workflow.name = fields.text("name").value_or("");
  if (!name->is_scalar()) return;
  workflow.id = workflow_id_of(workflow.name);
  check_length(fields, name->at, "'name'", workflow.name, longest_name);
  if (!workflow.id.empty()) return;
  fields.problems().add(Rule::bad_name,
                        name->at,
                        "'name' has no letter and no digit, so it gives no workflow id",
                        "use letters a-z, digits, '_' or '-' among others");
}

bool is_version_part(std::string_view part) {
  return part == "x" ||
         (!part.empty() && part.find_first_not_of("0123456789") == std::string::npos);
}

/// 1, 1.<minor>, 1.<minor>.<patch>, perhaps behind a v.
bool is_supported_version(std::string_view version) {
  if (version.substr(0, 1) == "v") version.remove_prefix(1);
  if (version == "1") return true;
  if (version.substr(0, 2) != "1.") return false;
  version.remove_prefix(2);
  const std::size_t point = version.find('.');
  if (point == std::string_view::npos) return is_version_part(version);
  return is_version_part(version.substr(0, point)) && is_version_part(version.substr(point + 1));
}

void read_version(Fields& fields, Workflow& workflow) {
  const auto version = fields.text("version");
  if (!version) return;
  workflow.version = *version;
  if (is_supported_version(*version)) return;
  fields.problems().add(Rule::unsupported_version,
                        fields.find("version")->at,
                        "unsupported version '" + *version + "'",
                        "this goflow reads version 1: 1, 1.0, 1.x, v1.0.0");
}

void read_tags(Fields& fields, Workflow& workflow) {
  const YamlNode* tags = fields.find("tags");
  if (tags == nullptr) return;
  workflow.tags = fields.texts("tags");
  if (workflow.tags.size() > most_tags) {
    fields.problems().add(
        Rule::bad_name,
        tags->at,
        "there are " + std::to_string(workflow.tags.size()) + " tags, at most 50 are allowed");
  }
  for (const std::string& tag : workflow.tags) {
    check_length(fields, tags->at, "tag '" + tag + "'", tag, longest_tag);
  }
}

const Keys& metadata_keys() {
  static const Keys keys{
      {"author", forms::anything(), "who wrote it"},
      {"created", forms::text(), "when, as RFC 3339 says"},
      {"last_modified", forms::text(), "when, as RFC 3339 says"},
      {"tags", forms::some(forms::text()), "words to find it by"},
      {"icon", forms::anything(), "a picture for it"},
  };
  return keys;
}

Form metadata_form() {
  Form form = forms::object(metadata_keys);
  form.has_further_keys = true;
  return form;
}

void check_time(Fields& fields, std::string_view key) {
  const auto time = fields.text(key);
  if (!time || parse_rfc3339(*time)) return;
  fields.problems().add(Rule::untidy_header,
                        fields.find(key)->at,
                        "'" + std::string(key) + "' of the metadata is no RFC 3339 time",
                        "write it as 2026-01-19T09:00:00Z");
}

void read_metadata(Fields& fields, Workflow& workflow) {
  const YamlNode* map = fields.find("metadata");
  if (map == nullptr) return read_tags(fields, workflow);
  if (!map->is_map()) return fields.report_type(*map, "metadata", "a map");
  Fields metadata(*map, metadata_keys(), "the metadata", fields.problems());
  check_time(metadata, "created");
  check_time(metadata, "last_modified");
  if (metadata.find("tags") != nullptr && fields.find("tags") != nullptr) {
    fields.problems().add(
        Rule::wrong_type,
        fields.written("tags")->key_at,
        "the workflow has both 'tags' and 'metadata.tags', two spellings of one key",
        "remove one of them");
  }
  read_tags(metadata.find("tags") == nullptr ? fields : metadata, workflow);
}

}  // namespace

const Keys& header_keys() {
  static const Keys keys{
      {"name", forms::text(), "its title; the id of a saved workflow is made of it", {}, true},
      {"version",
       forms::text_like("^v?1([.]([0-9]+|x)){0,2}$"),
       "version of the format; 1.0 if it is not written"},
      {"description", forms::text(), "what it is for"},
      {"metadata", metadata_form(), "what is worth knowing of the file; any keys"},
      {"tags", forms::some(forms::text()), "words to find it by"},
      {"return", forms::anything(), "the result of a run without end nodes", "return_value"},
      {"concurrency", forms::whole(1, most_concurrency), "how many ready nodes run at once"},
      {"max_active_runs",
       forms::whole(1, most_active_runs),
       "how many runs may go on before the next one of the queue has to wait"},
      {"timeout", forms::duration(), "how long a run may take, with all its waits"},
      {"env", named_texts_form(), "environment variables of all shell nodes"},
      {"env_allow", forms::some(forms::text()), "environment variables that env(\"X\") may read"},
  };
  return keys;
}

void read_header(Fields& fields, Compiler& compiler, Draft& draft) {
  Workflow& workflow = draft.workflow;
  read_name(fields, workflow);
  read_version(fields, workflow);
  workflow.description = fields.text("description").value_or("");
  if (const YamlNode* description = fields.find("description")) {
    check_length(
        fields, description->at, "'description'", workflow.description, longest_description);
  }
  read_metadata(fields, workflow);
  if (const YamlNode* value = fields.find_aliased("return")) {
    draft.return_at = value->at;
    workflow.return_value = compiler.value(*value, {"return of the workflow"});
  }
  if (const auto number = fields.whole("concurrency")) {
    workflow.concurrency = static_cast<int>(*number);
  }
  if (const auto number = fields.whole("max_active_runs")) {
    workflow.max_active_runs = static_cast<int>(*number);
  }
  workflow.timeout = fields.duration("timeout", Fields::Zero::refused);
  FormulaPlace env{"env of the workflow"};
  env.may_hold_secrets = true;
  workflow.env = read_environment(fields, compiler, env);
  workflow.env_allow = fields.texts("env_allow");
}

void check_file_name(const YamlNode& root,
                     const Workflow& workflow,
                     const std::string& stored_as,
                     Problems& problems) {
  if (workflow.id.empty() || workflow.id == stored_as) return;
  problems.add(
      Rule::untidy_header,
      root.find("name")->value->at,
      "the workflow is stored as '" + stored_as + "', but its name gives '" + workflow.id + "'",
      "rename the file to '" + workflow.id + ".yaml', or change 'name'");
}

}  // namespace goflow::core
