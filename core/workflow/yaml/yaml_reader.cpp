#include "core/workflow/yaml/look_ahead.hpp"
#include "core/workflow/yaml/yaml_scalar.hpp"
#include "core/workflow/yaml/yaml_tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <unordered_map>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::size_t most_values = 1'000'000;
constexpr std::size_t most_aliases = 10'000;
// yaml-cpp looks ahead to the end of a line within brackets, at hundreds of bytes a bracket.
constexpr std::size_t most_open_brackets_of_a_line = 4'096;

using Refused = LookAhead::Refused;

/// A list or a map that is being read.
struct Open {
  std::shared_ptr<YamlNode> node;
  YAML::anchor_t anchor = 0;
  bool in_brackets = false;
  bool expects_value = false;  // of a map: its last member has no value yet
  bool value_is_merge = false;
  std::unordered_map<std::string, Span> keys = {};  // of a map
  std::vector<YamlPtr> merged = {};                 // what stands behind `<<`
};

/// Builds the tree from the parser's events, and refuses what is too much before it is built.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const SourceText& source, LookAhead& look_ahead, Problems& problems)
      : source_(source), look_ahead_(look_ahead), problems_(problems) {}

  [[nodiscard]] YamlPtr root() const { return root_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) {
      refuse(
          Rule::not_yaml, span_at(mark), "the file holds several YAML documents, only one may be");
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add_scalar(mark, "?", anchor, "");
  }
  void OnScalar(const YAML::Mark& mark,
                const std::string& tag,
                YAML::anchor_t anchor,
                const std::string& text) override {
    add_scalar(mark, tag, anchor, text);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override { add_alias(mark, anchor); }

  void OnSequenceStart(const YAML::Mark& mark,
                       const std::string& tag,
                       YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(YamlNode::Kind::list, mark, tag, "tag:yaml.org,2002:seq", anchor, style);
  }
  void OnMapStart(const YAML::Mark& mark,
                  const std::string& tag,
                  YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(YamlNode::Kind::map, mark, tag, "tag:yaml.org,2002:map", anchor, style);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override {
    merge(open_.back());
    close();
  }

 private:
  [[noreturn]] void refuse(Rule rule, Span at, std::string message, std::string hint = {}) {
    problems_.add(rule, at, std::move(message), std::move(hint));
    throw Refused{};
  }

  /// Where the value itself begins: a mark points to the anchor or tag before it.
  std::size_t begin_of(const YAML::Mark& mark) const {
    const std::string_view text = source_.text();
    auto at = std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), text.size());
    while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
      at = std::min(text.find_first_of(" \t\r\n", at), text.size());
      at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
    }
    return at;
  }

  Span span_at(const YAML::Mark& mark) const {
    const std::size_t begin = begin_of(mark);
    return {begin, begin + 1};
  }

  Span span_of_scalar(const YAML::Mark& mark, const std::string& text) const {
    const std::string_view source = source_.text();
    const std::size_t begin = begin_of(mark);
    if (begin >= source.size()) return {begin, begin};
    const char first = source[begin];
    const bool quoted = first == '"' || first == '\'';
    if (source.substr(begin + (quoted ? 1 : 0), text.size()) == text) {
      return {begin, begin + text.size() + (quoted ? 2 : 0)};
    }
    return {begin, begin + 1};
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
    refuse(Rule::not_yaml,
           {begin, begin + 1},
           std::string("not valid YAML: this ") + quote + " has no second one that ends the text");
  }

  void count_values(std::size_t more, Span at) {
    values_ += more;
    if (values_ <= most_values) return;
    refuse(Rule::too_much_yaml,
           at,
           "the file holds " + std::to_string(values_) + " or more values, at most " +
               std::to_string(most_values) + " are allowed");
  }

  void check_depth(std::size_t depth, Span at) {
    if (depth <= deepest) return;
    refuse(Rule::too_much_yaml,
           at,
           "YAML values are nested " + std::to_string(depth) + " levels deep, at most " +
               std::to_string(deepest) + " are allowed");
  }

  void open(YamlNode::Kind kind,
            const YAML::Mark& mark,
            const std::string& tag,
            std::string_view own_tag,
            YAML::anchor_t anchor,
            YAML::EmitterStyle::value style) {
    const Span at = span_at(mark);
    count_values(1, at);
    check_depth(open_.size() + 1, at);
    if (!tag.empty() && tag != "?" && tag != "!" && tag != own_tag) {
      problems_.add(Rule::bad_yaml_value, at, "unknown YAML tag '" + tag + "'");
    }
    auto node = std::make_shared<YamlNode>();
    node->kind = kind;
    node->at = at;
    open_.push_back({std::move(node), anchor, style == YAML::EmitterStyle::Flow});
    look_ahead_.told_begin(at.begin, open_.back().in_brackets);
  }

  void close() {
    const Open done = std::move(open_.back());
    open_.pop_back();
    remember(done.anchor, done.node);
    add(done.node);
  }

  void add_scalar(const YAML::Mark& mark,
                  const std::string& tag,
                  YAML::anchor_t anchor,
                  const std::string& text) {
    auto node = std::make_shared<YamlNode>();
    const bool written = tag != "?" || !text.empty();
    node->at = written || !expects_value() ? span_of_scalar(mark, text)
                                           : open_.back().node->members.back().key_at;
    look_ahead_.told_text(node->at.begin, !open_.empty() && open_.back().in_brackets);
    if (tag != "?") check_quotes(node->at.begin);
    count_values(1, node->at);
    node->text = text;
    auto resolved = tag == "!"   ? Result<Value, std::string>(Value(text))
                    : tag == "?" ? resolve_plain_scalar(text)
                                 : resolve_tagged_scalar(tag, text);
    if (!resolved) problems_.add(Rule::bad_yaml_value, node->at, resolved.error());
    if (resolved) node->scalar = *std::move(resolved);
    remember(anchor, node);
    if (expects_key()) {
      add_key(text, node->at, tag == "?");
    } else {
      add(node);
    }
  }

  void add_alias(const YAML::Mark& mark, YAML::anchor_t anchor) {
    const Span at = span_at(mark);
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      refuse(Rule::too_much_yaml, at, "the alias stands within its own anchor");
    }
    if (++aliases_ > most_aliases) {
      refuse(Rule::too_much_yaml,
             at,
             "the file has " + std::to_string(aliases_) + " or more aliases, at most " +
                 std::to_string(most_aliases) + " are allowed");
    }
    count_values(found->second->values, at);
    check_depth(open_.size() + found->second->height - (found->second->is_scalar() ? 1 : 0), at);
    if (expects_key() && found->second->is_scalar()) {
      add_key(found->second->text, at, false);
    } else {
      add(found->second);
    }
  }

  void remember(YAML::anchor_t anchor, const YamlPtr& node) {
    if (anchor != 0) anchors_[anchor] = node;
  }

  [[nodiscard]] bool expects_key() const {
    return !open_.empty() && open_.back().node->is_map() && !open_.back().expects_value;
  }
  [[nodiscard]] bool expects_value() const { return !open_.empty() && open_.back().expects_value; }

  void add_key(const std::string& key, Span at, bool plain) {
    Open& map = open_.back();
    map.expects_value = true;
    map.value_is_merge = plain && key == "<<";
    if (!map.value_is_merge) {
      const auto [first, is_new] = map.keys.emplace(key, at);
      if (!is_new) report_duplicate(key, first->second, at);
    }
    map.node->members.push_back({key, at, nullptr});
  }

  void report_duplicate(const std::string& key, Span first, Span second) {
    problems_.add(Rule::duplicate_key,
                  second,
                  "duplicate key '" + key + "' in line " +
                      std::to_string(source_.position(second.begin).line) + ", it stands in line " +
                      std::to_string(source_.position(first.begin).line) + " already");
  }

  void add(const YamlPtr& node) {
    if (open_.empty()) {
      root_ = node;
      return;
    }
    if (expects_key()) {
      refuse(Rule::wrong_type, node->at, "a key must be text, got " + describe(*node));
    }
    Open& parent = open_.back();
    parent.node->values += node->values;
    parent.node->height = std::max(parent.node->height, node->height + (node->is_scalar() ? 0 : 1));
    if (parent.node->is_list()) {
      parent.node->items.push_back(node);
      return;
    }
    parent.expects_value = false;
    if (parent.value_is_merge) {
      parent.node->members.pop_back();
      parent.merged.push_back(node);
    } else {
      parent.node->members.back().value = node;
    }
  }

  /// `<<`: the members of other maps; own keys win, then those of earlier maps.
  void merge(Open& map) {
    for (const YamlPtr& merged : std::exchange(map.merged, {})) {
      if (merged->is_list()) {
        for (const YamlPtr& item : merged->items) {
          merge_one(map, *item);
        }
      } else {
        merge_one(map, *merged);
      }
    }
  }

  void merge_one(Open& map, const YamlNode& other) {
    if (!other.is_map()) {
      problems_.add(Rule::wrong_type,
                    other.at,
                    "'<<' must be a map or a list of maps, got " + describe(other));
      return;
    }
    for (const YamlMember& member : other.members) {
      if (!map.keys.emplace(member.key, member.key_at).second) continue;
      count_values(member.value->values, member.key_at);
      map.node->values += member.value->values;
      map.node->members.push_back(member);
    }
  }

  const SourceText& source_;
  LookAhead& look_ahead_;
  Problems& problems_;
  std::vector<Open> open_;
  std::unordered_map<YAML::anchor_t, YamlPtr> anchors_;
  std::size_t documents_ = 0;
  std::size_t values_ = 0;
  std::size_t aliases_ = 0;
  YamlPtr root_;
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
                       std::to_string(deepest) + " are allowed");
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

YamlPtr read_yaml(const SourceText& source, Problems& problems) {
  if (!check_brackets(source, problems)) return nullptr;
  LookAhead look_ahead(source, problems);
  TreeBuilder builder(source, look_ahead, problems);
  try {
    std::istream stream(&look_ahead);
    stream.exceptions(std::ios::badbit);  // lets Refused through
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Refused&) {
    return nullptr;
  } catch (const YAML::Exception& error) {
    report_syntax(error, source, problems);
    return nullptr;
  }
  const YamlPtr root = builder.root();
  if (root == nullptr || root->is_null()) {
    problems.add(
        Rule::not_yaml, {}, "the file is empty", "a workflow has at least 'name' and 'nodes'");
    return nullptr;
  }
  if (!root->is_map()) {
    problems.add(Rule::not_yaml,
                 root->at,
                 "the top level must be a map, got " + describe(*root),
                 "a workflow has at least 'name' and 'nodes'");
    return nullptr;
  }
  return root;
}

}  // namespace goflow::core
