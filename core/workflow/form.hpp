// What stands behind the keys of a workflow file: declared once, for the loader and the schema.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::core {

struct Key;
using Keys = std::vector<Key>;

/// The form of a value, as a small tree.
struct Form {
  enum class Kind {
    anything,    // any YAML value
    nothing,     // null
    text,        // an unquoted number or boolean is taken as it is written
    expression,  // a text of the expression language
    boolean,
    number,
    whole,
    duration,
    word,      // one of `words`
    list,      // of `parts[0]`
    map,       // from any name to `parts[0]`
    object,    // a map with these `keys`
    either,    // one of `parts`
    node,      // a node with its id
    sequence,  // ids and inline nodes, or one of them alone
  };

  Kind kind = Kind::anything;
  std::vector<std::string_view> words = {};
  std::string_view pattern = {};  // of a text, or of the names of a map
  std::optional<std::int64_t> least = std::nullopt;
  std::optional<std::int64_t> most = std::nullopt;
  std::vector<Form> parts = {};
  const Keys& (*keys)() = nullptr;
  bool has_further_keys = false;  // of an object: others are nobody's mistake
};

struct Key {
  std::string_view name;
  Form form;
  std::string_view about;       // a sentence, for people
  std::string_view alias = {};  // another spelling
  bool is_required = false;
};

/// nullptr: there is no such key.
const Key* find_key(const Keys& keys, std::string_view name);

/// How forms are written in the tables of keys.
namespace forms {

Form anything();
Form nothing();
Form text();
Form text_like(std::string_view pattern);
Form expression();
Form boolean();
Form number(std::int64_t least, std::optional<std::int64_t> most);
Form whole(std::int64_t least, std::int64_t most = std::numeric_limits<std::int64_t>::max());
Form duration();
/// A text with a placeholder in it.
Form placeholder();
Form one_of(std::vector<std::string_view> words);
Form list_of(Form item);
Form map_of(Form value);
Form object(const Keys& (*keys)());
Form either(std::vector<Form> forms);
/// One of them, or a list.
Form some(const Form& item);
Form node();
Form sequence();

/// A word of a table that also says what it means.
template <class T, std::size_t size>
Form word(const std::array<std::pair<std::string_view, T>, size>& table) {
  std::vector<std::string_view> words;
  for (const auto& [name, meaning] : table) {
    words.push_back(name);
  }
  return one_of(std::move(words));
}

}  // namespace forms
}  // namespace goflow::core
