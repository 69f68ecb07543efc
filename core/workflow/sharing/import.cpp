#include "core/workflow/sharing/import.hpp"

#include "core/value/json.hpp"
#include "core/workflow/sharing/text_edit.hpp"
#include "core/workflow/sharing/yaml_map.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string text_of(const YamlNode& map, std::string_view key) {
  const YamlMember* member = map.find(key);
  return std::string(member == nullptr ? "" : member->value->text);
}

/// "mcp-files --root data", or the URL.
std::string what_runs(const YamlNode& server) {
  std::string runs = text_of(server, "command") + text_of(server, "url");
  const YamlMember* arguments = server.find("args");
  if (arguments == nullptr) return runs;
  for (const YamlNode* argument : arguments->value->items) {
    runs += " " + std::string(argument->text);
  }
  return runs;
}

bool is_to_be_filled(std::string_view value) {
  if (value.find("secret(") != std::string_view::npos) return false;
  return value.starts_with('<') || value.starts_with('$') ||
         value.find("{{") != std::string_view::npos || value.find("${") != std::string_view::npos;
}

class Needs {
 public:
  explicit Needs(const SourceText& source) : source_(source) {}

  ImportNeeds find(const YamlNode& root) {
    needs_.has_version = root.find("version") != nullptr;
    if (const YamlMember* servers = root.find("servers")) {
      for (const YamlNode* server : servers->value->items) {
        look_at_server(*server);
      }
    }
    if (const YamlMember* nodes = root.find("nodes")) look_for_use(*nodes->value);
    std::sort(needs_.servers.begin(), needs_.servers.end());
    const auto twice = std::unique(needs_.servers.begin(), needs_.servers.end());
    needs_.servers.erase(twice, needs_.servers.end());
    return std::move(needs_);
  }

 private:
  void look_at_server(const YamlNode& server) {
    needs_.brought.push_back({text_of(server, "id"), what_runs(server)});
    if (const YamlMember* reference = server.find("credential_ref")) note(*reference, "");
    for (const std::string_view key : {"env", "headers"}) {
      const YamlMember* entries = server.find(key);
      if (entries == nullptr) continue;
      for (const YamlMember& entry : entries->value->members) {
        note(entry, std::string(key) + ".");
      }
    }
  }

  void note(const YamlMember& member, const std::string& where) {
    if (!is_to_be_filled(member.value->text)) return;
    needs_.to_fill.push_back(
        {where + std::string(member.key), source_.position(member.key_at.begin)});
  }

  /// In nodes, and the nodes within them.
  void look_for_use(const YamlNode& value) {
    for (const YamlNode* item : value.items) {
      look_for_use(*item);
    }
    const bool is_call = value.find("tool") != nullptr;
    for (const YamlMember& member : value.members) {
      const bool names_server = member.key == "server" || member.key == "server_id";
      if (is_call && names_server && member.value->is_scalar()) {
        needs_.servers.emplace_back(member.value->text);
      }
      look_for_use(*member.value);
    }
  }

  const SourceText& source_;
  ImportNeeds needs_;
};

std::string described(const std::string& id, const ImportNeeds& needs) {
  const auto brought = std::find_if(needs.brought.begin(),
                                    needs.brought.end(),
                                    [&](const BroughtServer& server) { return server.id == id; });
  if (brought == needs.brought.end()) return "'" + id + "'";
  return "'" + id + "' (the file would run: " + brought->runs + ")";
}

}  // namespace

Result<ImportNeeds> find_needs(std::string_view text, std::string_view file) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  GOFLOW_TRY(const YamlPtr root, read_yaml_map(text, file));
  const SourceText source(text);
  return Needs(source).find(*root);
}

Result<void> check_servers(const ImportNeeds& needs, const ServerRegistry& registry) {
  GOFLOW_TRY(const std::vector<std::string> known, registry.ids());
  std::string missing;
  for (const std::string& id : needs.servers) {
    if (std::find(known.begin(), known.end(), id) != known.end()) continue;
    missing += (missing.empty() ? "" : ", ") + described(id, needs);
  }
  if (missing.empty()) return {};
  return Error{ErrorCode::failed_precondition, "servers that are not registered: " + missing}
      .with_hint("look at what they run, then: goflow server add");
}

Result<std::string> with_name(std::string_view text, std::string_view file, std::string_view name) {
  const bool is_marked = text.starts_with(byte_order_mark);
  if (is_marked) text.remove_prefix(byte_order_mark.size());
  GOFLOW_TRY(YamlPtr root, read_yaml_map(text, file));
  const YamlMember* old = root->find("name");
  if (old == nullptr || !old->value->is_scalar()) {
    return Error{ErrorCode::invalid_workflow, std::string(file) + ": the workflow lacks 'name'"};
  }
  std::string renamed = with_scalar(std::string(text), *root, *old, to_json(Value(name)));
  GOFLOW_TRY(root, read_yaml_map(renamed, file));
  const YamlMember* now = root->find("name");
  if (now == nullptr || now->value->text != name) {
    return Error{ErrorCode::failed_precondition,
                 "cannot change the name in '" + std::string(file) + "'"}
        .with_hint("its YAML is unusual, change it by hand");
  }
  return is_marked ? std::string(byte_order_mark) + renamed : renamed;
}

}  // namespace goflow::core
