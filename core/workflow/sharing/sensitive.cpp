#include "core/workflow/sharing/sensitive.hpp"

#include "core/workflow/secret_names.hpp"
#include "core/workflow/sharing/export.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace goflow::core {
namespace {

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
}

bool take(std::string_view& text, std::string_view part) {
  if (!text.starts_with(part)) return false;
  text.remove_prefix(part.size());
  return true;
}

/// 'name' or "name"
bool take_quoted(std::string_view& text) {
  if (text.empty() || (text.front() != '\'' && text.front() != '"')) return false;
  const std::size_t end = text.find(text.front(), 1);
  if (end == std::string_view::npos) return false;
  text.remove_prefix(end + 1);
  return true;
}

/// ${secret('name')}, alone or after a word such as Bearer: a reference, and no secret.
bool is_reference(std::string_view text) {
  const std::size_t begin = text.find("${");
  if (begin == std::string_view::npos) return false;
  const std::string_view word = text.substr(0, begin);
  const bool is_word = word.empty() || (word.ends_with(' ') && word.find(' ') == word.size() - 1);
  text.remove_prefix(begin + 2);
  skip_blanks(text);
  if (!is_word || !take(text, "secret(")) return false;
  skip_blanks(text);
  if (!take_quoted(text)) return false;
  skip_blanks(text);
  if (!take(text, ")")) return false;
  skip_blanks(text);
  return text == "}";
}

bool has_token_prefix(std::string_view text) {
  constexpr std::array<std::string_view, 11> prefixes{"ghp_",
                                                      "gho_",
                                                      "ghs_",
                                                      "github_pat_",
                                                      "glpat-",
                                                      "sk-",
                                                      "xoxb-",
                                                      "xoxp-",
                                                      "AKIA",
                                                      "eyJ",
                                                      "Bearer "};
  return std::any_of(prefixes.begin(), prefixes.end(), [text](std::string_view prefix) {
    return text.starts_with(prefix);
  });
}

/// Long, without blanks, and as mixed as only chance makes it.
bool looks_random(std::string_view text) {
  constexpr std::size_t shortest = 32;
  const auto any = [text](int (*is)(int)) {
    return std::any_of(
        text.begin(), text.end(), [is](unsigned char character) { return is(character) != 0; });
  };
  const bool is_one_word = std::all_of(text.begin(), text.end(), [](unsigned char character) {
    return std::isalnum(character) != 0 ||
           contains("_-+/=.", {reinterpret_cast<char*>(&character), 1});
  });
  return text.size() >= shortest && is_one_word && any(std::isupper) && any(std::islower) &&
         any(std::isdigit);
}

bool looks_like_a_token(std::string_view text) {
  constexpr std::size_t shortest = 16;
  if (contains(text, "-----BEGIN") && contains(text, "PRIVATE KEY")) return true;
  if (contains(text, "${")) return false;
  return (text.size() >= shortest && has_token_prefix(text)) || looks_random(text);
}

class Search {
 public:
  SensitiveParts find(const YamlNode& root) {
    walk_map(root, nullptr);
    return std::move(found_);
  }

 private:
  void walk(const YamlNode& node, const YamlMember* parent) {
    // What an alias stands for was seen at its anchor.
    if (!seen_.insert(&node).second) return;
    for (const YamlNode* item : node.items) {
      walk(*item, nullptr);
    }
    if (node.is_map()) walk_map(node, parent);
    if (node.is_scalar() && looks_like_a_token(node.text)) found_.tokens.push_back(&node);
  }

  void walk_map(const YamlNode& map, const YamlMember* parent) {
    for (const YamlMember& member : map.members) {
      const YamlNode& value = *member.value;
      const bool is_environment = member.key == "env" || member.key == "headers";
      if (is_environment && value.is_map()) {
        walk_environment(member);
      } else if (member.key == "auth" && has_literal(value)) {
        found_.secrets.push_back({&map, &member, parent, "auth"});
      } else if (member.key == "credential_ref" && value.is_scalar()) {
        if (value.text == reference_placeholder) continue;
        found_.references.push_back({&map, &member, parent, "credential_ref"});
      } else {
        walk(value, &member);
      }
    }
  }

  void walk_environment(const YamlMember& environment) {
    if (!seen_.insert(environment.value).second) return;
    for (const YamlMember& entry : environment.value->members) {
      const bool is_kept = !is_secret_name(entry.key) || is_reference(entry.value->text);
      if (is_kept) {
        walk(*entry.value, &entry);
      } else {
        found_.secrets.push_back({environment.value,
                                  &entry,
                                  &environment,
                                  std::string(environment.key) + "." + std::string(entry.key)});
      }
    }
  }

  /// The name of a keyring entry is no secret.
  static bool has_literal(const YamlNode& auth) {
    if (auth.is_scalar()) return !auth.is_null() && !is_reference(auth.text);
    return std::any_of(auth.members.begin(), auth.members.end(), [](const YamlMember& member) {
      return member.key != "credential" && has_literal(*member.value);
    });
  }

  SensitiveParts found_;
  std::set<const YamlNode*> seen_;
};

}  // namespace

SensitiveParts find_sensitive(const YamlNode& root) {
  return Search().find(root);
}

}  // namespace goflow::core
