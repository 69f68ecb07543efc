#include "cli/command/command.hpp"

#include "cli/command/text_layout.hpp"
#include "core/base/suggest.hpp"

#include <algorithm>

namespace goflow::cli {
namespace {

core::Error unknown_field(const std::string& field, const std::vector<std::string>& known) {
  core::Error error{core::ErrorCode::invalid_argument, "there is no field '" + field + "'"};
  const std::string guess = core::did_you_mean(field, known);
  return std::move(error).with_hint((guess.empty() ? "" : guess + " ") +
                                    "fields: " + joined(known, ", "));
}

/// "id,status"; the empty word stands for a bare --json.
core::Result<std::vector<std::string>> parse_fields(const std::string& word,
                                                    const std::vector<std::string>& known) {
  std::vector<std::string> fields;
  for (std::size_t begin = 0; begin < word.size();) {
    const std::size_t comma = std::min(word.find(',', begin), word.size());
    std::string field = word.substr(begin, comma - begin);
    if (std::find(known.begin(), known.end(), field) == known.end()) {
      return unknown_field(field, known);
    }
    fields.push_back(std::move(field));
    begin = comma + 1;
  }
  return fields;
}

const Choices<OutputFormat>& output_formats() {
  static const Choices<OutputFormat> formats{
      {"text", OutputFormat::text}, {"json", OutputFormat::json}, {"yaml", OutputFormat::yaml}};
  return formats;
}

}  // namespace

std::vector<std::string> names_of(std::span<const Field> fields) {
  std::vector<std::string> names;
  for (const Field& field : fields)
    names.emplace_back(field.name);
  return names;
}

Command::Command(std::string path, std::string called_as)
    : path_(std::move(path)), called_as_(std::move(called_as)) {}

Command& Command::summary(std::string text) {
  summary_ = std::move(text);
  return *this;
}

Command& Command::describe(std::string text) {
  description_ = std::move(text);
  return *this;
}

Command& Command::example(std::string line, std::string shows) {
  examples_.push_back(Example{std::move(line), std::move(shows)});
  return *this;
}

Command& Command::exit_code(int code, std::string meaning) {
  exit_codes_.push_back(ExitMeaning{code, std::move(meaning)});
  return *this;
}

Command& Command::keep_words_private(std::string hint) {
  private_words_hint_ = std::move(hint);
  return *this;
}

Command& Command::group(std::string title) {
  group_ = std::move(title);
  return *this;
}

Option& Command::flag(std::string_view spec, bool& target, std::string help) {
  Binding binding{.set = [&target](const std::string& word) -> core::Result<void> {
    if (!word.empty()) return core::Error{core::ErrorCode::invalid_argument, "takes no value"};
    target = true;
    return {};
  }};
  return add(make_option(spec, std::move(binding), std::move(help)));
}

Option& Command::json(OutputChoice& choice, std::span<const Field> fields) {
  fields_ = fields;
  Binding binding{.set = [&choice, fields](const std::string& word) -> core::Result<void> {
    GOFLOW_TRY(choice.fields, parse_fields(word, names_of(fields)));
    choice.format = OutputFormat::json;
    return {};
  }};
  Option option = make_option("--json[=FIELDS]",
                              std::move(binding),
                              "write JSON; fields: " + joined(names_of(fields), ", "));
  option.group = "Output";
  return add(std::move(option));
}

Option& Command::output_format(OutputChoice& choice) {
  Option option = make_option(
      "--output FORMAT", bind(choice.format, output_formats()), "the form of what is written");
  option.group = "Output";
  return add(std::move(option));
}

Option& Command::add(Option option) {
  if (option.group.empty()) option.group = group_;
  option.called_as = called_as_;
  return options_.emplace_back(std::move(option));
}

}  // namespace goflow::cli
