// Makes the tree of a YAML file out of what its reader tells, one part after the other.
#pragma once

#include "core/workflow/problems.hpp"
#include "core/workflow/yaml/source_text.hpp"
#include "core/workflow/yaml/yaml_tree.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace goflow::core {

/// Ends the reading of a file; the reason is among the problems already.
struct YamlRefused {};

/// Refuses what is too much before it is built.
class TreeBuilder {
 public:
  /// 0: the value has none.
  using Anchor = std::size_t;
  static constexpr std::string_view plain = "?";
  static constexpr std::string_view quoted = "!";
  static constexpr std::size_t deepest = 64;

  /// Both must outlive this.
  TreeBuilder(const SourceText& source, Problems& problems);

  /// `at` is always where the value itself begins, behind its anchor and its tag.
  void document(std::size_t at);
  void begin_list(std::size_t at, std::string_view tag = plain, Anchor anchor = 0);
  void begin_map(std::size_t at, std::string_view tag = plain, Anchor anchor = 0);
  void end();
  void scalar(std::size_t at, std::string_view tag, std::string_view text, Anchor anchor = 0);
  void alias(std::size_t at, Anchor anchor);

  [[noreturn]] void refuse(Rule rule, Span at, std::string message, std::string hint = {});
  /// nullptr: nothing was told.
  [[nodiscard]] YamlPtr root() const { return root_; }

 private:
  /// A list or a map that is being read.
  struct Open {
    std::shared_ptr<YamlNode> node;
    Anchor anchor = 0;
    bool expects_value = false;  // of a map: its last member has no value yet
    bool value_is_merge = false;
    std::unordered_map<std::string, Span> keys = {};  // of a map that has many
    std::vector<YamlPtr> merged = {};                 // what stands behind `<<`
  };

  void open(YamlNode::Kind kind,
            std::size_t at,
            std::string_view tag,
            std::string_view own_tag,
            Anchor anchor);
  void add(const YamlPtr& node);
  void add_key(std::string_view key, Span at, bool is_plain);
  void remember(Anchor anchor, const YamlPtr& node);
  void merge(Open& map);
  void merge_one(Open& map, const YamlNode& other);
  void add_member(Open& map, YamlMember member);
  /// Where the key stands already; nullopt: it is new.
  std::optional<Span> find_key(Open& map, std::string_view key);
  void report_duplicate(std::string_view key, Span first, Span second);
  void count_values(std::size_t more, Span at);
  void check_depth(std::size_t depth, Span at);
  [[nodiscard]] Span span_of_scalar(std::size_t at, std::string_view text) const;
  [[nodiscard]] bool expects_key() const;
  [[nodiscard]] bool expects_value() const;

  const SourceText& source_;
  Problems& problems_;
  std::vector<Open> open_;
  std::unordered_map<Anchor, YamlPtr> anchors_;
  std::size_t documents_ = 0;
  std::size_t values_ = 0;
  std::size_t aliases_ = 0;
  YamlPtr root_;
};

}  // namespace goflow::core
