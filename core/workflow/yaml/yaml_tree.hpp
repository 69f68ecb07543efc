// A YAML document as goflow sees it: scalars by the YAML 1.2 core schema, every part with its
// place.
#pragma once

#include "core/value/value.hpp"
#include "core/workflow/problems.hpp"
#include "core/workflow/yaml/source_text.hpp"
#include "core/workflow/yaml/yaml_scalar.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace goflow::core {

struct YamlNode;
/// The root of a tree, or a part of it that keeps the whole.
using YamlPtr = std::shared_ptr<const YamlNode>;

struct YamlMember {
  std::string_view key;
  Span key_at;
  const YamlNode* value = nullptr;
};

/// Lies in one piece of memory with all others of its tree and their texts: a list of workflows
/// reads ten thousand trees. An alias costs nothing however much it stands for.
struct YamlNode {
  enum class Kind { scalar, list, map };

  Kind kind = Kind::scalar;
  Span at = {};                                 // of a value that is not written: its key
  YamlScalar scalar = {};                       // of a scalar; quoted ones are always text
  std::string_view text = {};                   // of a scalar: as written, without its quotes
  std::span<const YamlNode* const> items = {};  // of a list
  std::span<const YamlMember> members = {};     // of a map, as written; every key once
  std::uint64_t key_marks = 0;                  // of the members' keys, see mark_of_key()
  // With all aliases expanded: the values in it, itself included, and the levels of nesting.
  std::size_t values = 1;
  std::size_t height = 1;

  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_list() const { return kind == Kind::list; }
  [[nodiscard]] bool is_map() const { return kind == Kind::map; }
  [[nodiscard]] bool is_null() const { return is_scalar() && scalar.is_null(); }
  /// nullptr when this is no map or lacks the key.
  [[nodiscard]] const YamlMember* find(std::string_view key) const {
    return (key_marks & mark_of_key(key)) == 0 ? nullptr : find_among_members(key);
  }

  /// One of 64 bits. A node is asked for dozens of keys and has a handful: most are told apart
  /// by it.
  [[nodiscard]] static std::uint64_t mark_of_key(std::string_view key) {
    if (key.empty()) return 1;
    const auto first = static_cast<unsigned char>(key.front());
    const auto last = static_cast<unsigned char>(key.back());
    return std::uint64_t{1} << ((first * 5 + last * 3 + key.size()) % 64);
  }

 private:
  [[nodiscard]] const YamlMember* find_among_members(std::string_view key) const;
};

/// What stands there, for messages: "text", "a number", "a list".
std::string describe(const YamlNode& node);

/// The value as data, without any templates.
Value to_value(const YamlNode& node);

/// nullptr when there is a problem, which is then among `problems`. `source` is valid UTF-8.
YamlPtr read_yaml(const SourceText& source, Problems& problems);

}  // namespace goflow::core
