// A YAML document as goflow sees it: scalars by the YAML 1.2 core schema, every part with its
// place.
#pragma once

#include "core/value/value.hpp"
#include "core/workflow/problems.hpp"
#include "core/workflow/yaml/source_text.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

struct YamlNode;
/// Shared, so that an alias costs nothing however much it stands for.
using YamlPtr = std::shared_ptr<const YamlNode>;

struct YamlMember {
  std::string key;
  Span key_at;
  YamlPtr value;
};

struct YamlNode {
  enum class Kind { scalar, list, map };

  Kind kind = Kind::scalar;
  Span at = {};                          // of a value that is not written: its key
  Value scalar = {};                     // of a scalar; quoted ones are always text
  std::string text = {};                 // of a scalar: as written, without its quotes
  std::vector<YamlPtr> items = {};       // of a list
  std::vector<YamlMember> members = {};  // of a map, as written; every key once
  std::uint64_t key_marks = 0;           // of the members' keys, see add_member()
  // With all aliases expanded: the values in it, itself included, and the levels of nesting.
  std::size_t values = 1;
  std::size_t height = 1;

  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_list() const { return kind == Kind::list; }
  [[nodiscard]] bool is_map() const { return kind == Kind::map; }
  [[nodiscard]] bool is_null() const { return is_scalar() && scalar.is_null(); }
  void add_member(YamlMember member);
  /// nullptr when this is no map or lacks the key.
  [[nodiscard]] const YamlMember* find(std::string_view key) const;
};

/// What stands there, for messages: "text", "a number", "a list".
std::string describe(const YamlNode& node);

/// The value as data, without any templates.
Value to_value(const YamlNode& node);

/// nullptr when there is a problem, which is then among `problems`. `source` is valid UTF-8.
YamlPtr read_yaml(const SourceText& source, Problems& problems);

}  // namespace goflow::core
