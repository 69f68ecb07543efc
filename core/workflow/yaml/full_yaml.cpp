#include "core/workflow/yaml/full_yaml.hpp"

#include "core/workflow/yaml/look_ahead.hpp"
#include "core/workflow/yaml/tree_builder.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <string>

namespace goflow::core {
namespace {

// yaml-cpp looks ahead to the end of a line within brackets, at hundreds of bytes a bracket.
constexpr std::size_t most_open_brackets_of_a_line = 4'096;

/// Tells the builder what yaml-cpp tells.
class Listener final : public YAML::EventHandler {
 public:
  Listener(const SourceText& source, LookAhead& look_ahead, TreeBuilder& builder)
      : source_(source), look_ahead_(look_ahead), builder_(builder) {}

  void OnDocumentStart(const YAML::Mark& mark) override { builder_.document(begin_of(mark)); }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    OnScalar(mark, std::string(TreeBuilder::plain), anchor, "");
  }
  void OnScalar(const YAML::Mark& mark,
                const std::string& tag,
                YAML::anchor_t anchor,
                const std::string& text) override {
    const std::size_t at = begin_of(mark);
    look_ahead_.told_text(at, is_in_brackets());
    if (tag != TreeBuilder::plain) check_quotes(at);
    builder_.scalar(at, tag, text, anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    builder_.alias(begin_of(mark), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark,
                       const std::string& tag,
                       YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    builder_.begin_list(begin(mark, style), tag, anchor);
  }
  void OnMapStart(const YAML::Mark& mark,
                  const std::string& tag,
                  YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    builder_.begin_map(begin(mark, style), tag, anchor);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapEnd() override { end(); }

 private:
  std::size_t begin(const YAML::Mark& mark, YAML::EmitterStyle::value style) {
    const std::size_t at = begin_of(mark);
    in_brackets_.push_back(style == YAML::EmitterStyle::Flow);
    look_ahead_.told_begin(at, is_in_brackets());
    return at;
  }

  void end() {
    in_brackets_.pop_back();
    builder_.end();
  }

  [[nodiscard]] bool is_in_brackets() const { return !in_brackets_.empty() && in_brackets_.back(); }

  /// A mark points to the anchor or tag before the value.
  [[nodiscard]] std::size_t begin_of(const YAML::Mark& mark) const {
    const std::string_view text = source_.text();
    auto at = std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), text.size());
    while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
      at = std::min(text.find_first_of(" \t\r\n", at), text.size());
      at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
    }
    return at;
  }

  /// yaml-cpp takes the end of the file for the missing quote.
  void check_quotes(std::size_t begin) {
    const std::string_view source = source_.text();
    const char quote = begin < source.size() ? source[begin] : ' ';
    if (quote != '"' && quote != '\'') return;
    for (std::size_t at = begin + 1; at < source.size(); ++at) {
      const bool is_escape = quote == '"' ? source[at] == '\\' : source.substr(at, 2) == "''";
      if (is_escape) {
        ++at;
      } else if (source[at] == quote) {
        return;
      }
    }
    builder_.refuse(
        Rule::not_yaml,
        {begin, begin + 1},
        std::string("not valid YAML: this ") + quote + " has no second one that ends the text");
  }

  const SourceText& source_;
  LookAhead& look_ahead_;
  TreeBuilder& builder_;
  std::vector<bool> in_brackets_;  // of the open lists and maps
};

/// False, and a problem, when a line opens more brackets than any real file.
bool check_brackets(const SourceText& source, Problems& problems) {
  std::size_t opened = 0;
  for (std::size_t i = 0; i < source.text().size(); ++i) {
    const char character = source.text()[i];
    if (character == '\n') opened = 0;
    if (character == '[' || character == '{') ++opened;
    if ((character == ']' || character == '}') && opened > 0) --opened;
    if (opened > most_open_brackets_of_a_line) {
      problems.add(Rule::too_much_yaml,
                   {i, i + 1},
                   "YAML values are nested more than " +
                       std::to_string(most_open_brackets_of_a_line) + " levels deep, at most " +
                       std::to_string(TreeBuilder::deepest) + " are allowed");
      return false;
    }
  }
  return true;
}

/// What most often is behind a syntax error.
std::string syntax_hint(const std::string& message, std::string_view line) {
  const std::size_t indent = line.find_first_not_of(' ');
  if (indent != std::string_view::npos && line[indent] == '\t') {
    return "YAML is indented with spaces, not with tabs";
  }
  if (message.find("flow not found") != std::string::npos) {
    return "a '[' or '{' before this place is not closed";
  }
  return "quote texts that contain ': ' or ' #' or begin with one of ! & * [ { | > % @";
}

void report_syntax(const YAML::Exception& error, const SourceText& source, Problems& problems) {
  const std::string_view text = source.text();
  const auto at = error.mark.is_null() ? 0 : static_cast<std::size_t>(std::max(error.mark.pos, 0));
  const std::size_t begin = std::min(at, text.size());
  const std::size_t line = source.line_begin(source.position(begin).line);
  problems.add(Rule::not_yaml,
               {begin, begin + 1},
               "not valid YAML: " + error.msg,
               syntax_hint(error.msg, text.substr(line, text.find('\n', line) - line)));
}

}  // namespace

YamlPtr read_full_yaml(const SourceText& source, Problems& problems) {
  if (!check_brackets(source, problems)) return nullptr;
  LookAhead look_ahead(source, problems);
  TreeBuilder builder(source, problems);
  Listener listener(source, look_ahead, builder);
  try {
    std::istream stream(&look_ahead);
    stream.exceptions(std::ios::badbit);  // lets YamlRefused through
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(listener)) {
    }
  } catch (const YamlRefused&) {
    return nullptr;
  } catch (const YAML::Exception& error) {
    report_syntax(error, source, problems);
    return nullptr;
  }
  if (builder.root() == nullptr || builder.root()->is_null()) {
    problems.add(
        Rule::not_yaml, {}, "the file is empty", "a workflow has at least 'name' and 'nodes'");
    return nullptr;
  }
  return builder.root();
}

}  // namespace goflow::core
