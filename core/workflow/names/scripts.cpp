#include "core/workflow/names/scripts.hpp"

#include "core/workflow/compiler.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace goflow::core {
namespace {

bool is_shell(const std::vector<std::string>& interpreter) {
  if (interpreter.empty()) return false;
  const std::string& program = interpreter.front();
  const std::string name = program.substr(program.rfind('/') + 1);
  return name == "sh" || name == "bash" || name == "dash";
}

bool is_never_exported(std::string_view name) {
  constexpr std::array<std::string_view, 6> words{
      "PATH", "HOME", "IFS", "ENV", "BASH_ENV", "SHELL"};
  constexpr std::array<std::string_view, 3> beginnings{"LD_", "DYLD_", "GOFLOW_"};
  return std::find(words.begin(), words.end(), name) != words.end() ||
         std::any_of(beginnings.begin(), beginnings.end(), [name](std::string_view beginning) {
           return name.substr(0, beginning.size()) == beginning;
         });
}

std::string_view word_at(std::string_view text, std::size_t begin) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
  if (begin >= text.size() || letters.find(text[begin]) == std::string_view::npos) return {};
  std::size_t end = begin;
  while (end < text.size() && (letters.find(text[end]) != std::string_view::npos ||
                               (text[end] >= '0' && text[end] <= '9'))) {
    ++end;
  }
  return text.substr(begin, end - begin);
}

/// "${user.name}" → "USER_NAME"
std::string environment_name(std::string_view placeholder) {
  std::string name;
  for (const char character : placeholder) {
    const bool is_lower = character >= 'a' && character <= 'z';
    const bool is_other =
        (character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9');
    if (is_lower) name += static_cast<char>(character - 'a' + 'A');
    if (is_other) name += character;
    if (!is_lower && !is_other && !name.empty() && name.back() != '_') name += '_';
  }
  if (!name.empty() && name.back() == '_') name.pop_back();
  return name;
}

class ScriptReader {
 public:
  ScriptReader(const NodeDraft& node, const NameTable& names, Problems& problems)
      : node_(node), text_(node.script->text), names_(names), problems_(problems) {}

  void read() {
    for (std::size_t at = text_.find('$'); at != std::string_view::npos;
         at = text_.find('$', at + 1)) {
      if (at > 0 && text_[at - 1] == '\\') continue;
      const bool braced = at + 1 < text_.size() && text_[at + 1] == '{';
      const std::string_view word = word_at(text_, at + (braced ? 2 : 1));
      if (word.empty()) continue;
      const std::size_t behind = at + (braced ? 2 : 1) + word.size();
      const bool is_foreign =
          braced && behind < text_.size() && (text_[behind] == '.' || text_[behind] == '(');
      if (is_foreign) {
        report_placeholder(at);
      } else {
        check_name(at, std::string(word));
      }
    }
  }

 private:
  void report_placeholder(std::size_t at) {
    const std::size_t end = std::min(text_.find('}', at), text_.size() - 1);
    const std::string placeholder(text_.substr(at, end - at + 1));
    const std::string name = environment_name(placeholder);
    problems_.add(Rule::unreadable_placeholder,
                  place_of(at, placeholder.size()),
                  "the shell cannot read the placeholder '" + placeholder +
                      "' in the script of node '" + node_.node.id + "'",
                  "write env: {" + name + ": \"" + placeholder + "\"} and use \"$" + name + "\"");
  }

  void check_name(std::size_t at, const std::string& name) {
    if (!names_.node_called(name) || sets_itself(name) || !seen_.insert(name).second) return;
    problems_.add(
        Rule::node_in_script,
        place_of(at, name.size() + 1),
        "scripts do not get '" + name + "': it is a node, not a variable",
        "write 'output: " + name + "_value' on that node and use \"$" + name + "_value\"");
  }

  /// As in `x=1`, `for x in`, `read x`.
  [[nodiscard]] bool sets_itself(const std::string& name) const {
    const auto& env = std::get<ShellNode>(node_.node.work).env;
    return text_.find(name + "=") != std::string_view::npos ||
           text_.find("for " + name) != std::string_view::npos ||
           text_.find("read " + name) != std::string_view::npos ||
           std::any_of(
               env.begin(), env.end(), [&](const NamedText& entry) { return entry.name == name; });
  }

  [[nodiscard]] Span place_of(std::size_t at, std::size_t length) const {
    const auto offset = offset_in_file(problems_.source(), *node_.script, at);
    return offset ? Span{*offset, *offset + length} : node_.script->at;
  }

  const NodeDraft& node_;
  std::string_view text_;
  const NameTable& names_;
  Problems& problems_;
  std::set<std::string> seen_;
};

void report_not_exported(Span at, const std::string& name, Problems& problems) {
  problems.add(Rule::not_exported,
               at,
               "scripts do not get variable '" + name + "', because of its name",
               "call it something else, or hand it over in 'env'");
}

}  // namespace

void check_scripts(const Draft& draft, const NameTable& names, Problems& problems) {
  bool has_script = false;
  for (const NodeDraft& node : draft.nodes) {
    const auto* shell = std::get_if<ShellNode>(&node.node.work);
    if (shell == nullptr || node.script == nullptr) continue;
    has_script = true;
    if (is_shell(shell->shell)) ScriptReader(node, names, problems).read();
  }
  if (!has_script) return;
  for (const auto& [name, at] : draft.variables) {
    if (is_never_exported(name)) report_not_exported(at, name, problems);
  }
  for (const NodeDraft& node : draft.nodes) {
    if (node.node.output && is_never_exported(*node.node.output)) {
      report_not_exported(*node.output_at, *node.node.output, problems);
    }
  }
}

}  // namespace goflow::core
