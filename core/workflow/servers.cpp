#include "core/workflow/servers.hpp"

#include "core/workflow/fields.hpp"
#include "core/workflow/named_templates.hpp"
#include "core/workflow/words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::array<std::pair<std::string_view, Transport>, 3> transports{{
    {"stdio", Transport::stdio},
    {"http", Transport::http},
    {"sse", Transport::sse},
}};

/// One server of the file while it is read.
class ServerReader {
 public:
  ServerReader(const YamlNode& map, Draft& draft, Compiler& compiler, Problems& problems)
      : draft_(draft), compiler_(compiler), problems_(problems), fields_(named(map, problems)) {}

  Server read() {
    read_id();
    server_.name = fields_.text("name").value_or("");
    server_.description = fields_.text("description").value_or("");
    read_transport();
    if (server_.transport == Transport::stdio) {
      read_program();
    } else {
      read_address();
    }
    server_.env = read_environment(fields_, compiler_, place("env", true));
    if (auto credential = fields_.text("credential_ref")) {
      draft_.credentials.push_back({*credential, Mark(fields_.find("credential_ref")->at)});
      server_.credential_ref = std::move(credential);
    }
    fields_.warn_about_unknown_keys();
    return std::move(server_);
  }

 private:
  static Fields named(const YamlNode& map, Problems& problems) {
    const YamlMember* id = map.find("id");
    const bool is_named = id != nullptr && id->value->is_scalar() && !id->value->is_null();
    return {map,
            server_keys(),
            is_named ? "server '" + std::string(id->value->text) + "'" : "the server",
            problems};
  }

  void read_id() {
    const YamlNode* id = fields_.find("id");
    if (id == nullptr) {
      problems_.add(Rule::bad_server_id, fields_.map().at, "a server lacks 'id'");
      return;
    }
    server_.id = fields_.text("id").value_or("");
    if (!id->is_scalar() || is_server_id(server_.id)) return;
    problems_.add(Rule::bad_server_id,
                  id->at,
                  "'" + server_.id + "' cannot be a server id",
                  "use letters, digits, '_' and '-', at most 128 characters");
  }

  void read_transport() {
    const auto word = fields_.text("transport");
    if (!word) return;
    std::vector<std::string> known;
    for (const auto& [name, meaning] : transports) {
      if (name == *word) server_.transport = meaning;
      known.emplace_back(name);
    }
    if (std::find(known.begin(), known.end(), *word) != known.end()) return;
    problems_.add(Rule::bad_stdio_server,
                  fields_.find("transport")->at,
                  "unknown transport '" + *word + "' of " + fields_.owner(),
                  problems_.suggest(*word, "transports", known));
    is_transport_known_ = false;
  }

  void read_program() {
    read_arguments();
    server_.command = fields_.text("command").value_or("");
    if (!is_transport_known_) return;
    if (fields_.find("command") == nullptr || server_.command.empty()) {
      problems_.add(Rule::bad_stdio_server,
                    fields_.map().at,
                    fields_.owner() + " lacks 'command'",
                    "a server that is reached by its address has 'transport: http' and 'url'");
    }
    refuse("url", Rule::bad_stdio_server, "a stdio server, which is started");
    refuse("headers", Rule::bad_stdio_server, "a stdio server, which is started");
  }

  void read_arguments() {
    const YamlNode* args = fields_.find("args");
    if (args == nullptr) return;
    if (!args->is_list()) return fields_.report_type(*args, "args", "a list of texts");
    for (const YamlNode* argument : args->items) {
      if (!argument->is_scalar() || argument->is_null()) {
        fields_.report_type(*argument, "args", "a list of texts");
      } else if (auto text = compiler_.text(*argument, place("args"))) {
        server_.args.push_back(*std::move(text));
      }
    }
  }

  void read_address() {
    const YamlNode* url = fields_.find("url");
    if (url == nullptr || !url->is_scalar() || !may_be_web_address(url->text)) {
      problems_.add(Rule::bad_remote_server,
                    url == nullptr ? fields_.map().at : url->at,
                    url == nullptr
                        ? fields_.owner() + " lacks 'url'"
                        : "'url' of " + fields_.owner() + " must begin with http:// or https://");
    } else {
      server_.url = compiler_.text(*url, place("url"));
    }
    server_.headers = read_headers(fields_, compiler_, place("headers", true));
    refuse("command", Rule::bad_remote_server, "a server that is reached by its address");
    refuse("args", Rule::bad_remote_server, "a server that is reached by its address");
  }

  void refuse(std::string_view key, Rule rule, std::string_view what) {
    const YamlMember* member = fields_.written(key);
    if (member == nullptr) return;
    problems_.add(
        rule,
        member->key_at,
        fields_.owner() + " cannot have '" + std::string(key) + "': it is " + std::string(what),
        "remove it, or change 'transport'");
  }

  /// Templates are resolved when the server starts, against the inputs of the run.
  [[nodiscard]] FormulaPlace place(std::string_view key, bool may_hold_secrets = false) const {
    FormulaPlace where{std::string(key) + " of " + fields_.owner()};
    where.sees_only_inputs = true;
    where.may_hold_secrets = may_hold_secrets;
    return where;
  }

  Draft& draft_;
  Compiler& compiler_;
  Problems& problems_;
  Fields fields_;
  Server server_;
  bool is_transport_known_ = true;
};

void add(Server server, Span at, Draft& draft, Problems& problems) {
  const auto [first, is_new] = draft.servers.emplace(server.id, at);
  if (!is_new && !server.id.empty()) {
    problems.add(Rule::duplicate_server,
                 at,
                 "duplicate server id '" + server.id + "', line " +
                     std::to_string(problems.source().position(first->second.begin).line) +
                     " has it already");
  }
  draft.workflow.servers.push_back(std::move(server));
}

}  // namespace

const Keys& server_keys() {
  static const Keys keys{
      {"id", forms::text_like(server_id_pattern), "how nodes call it", {}, true},
      {"name", forms::text(), "its title, for people"},
      {"description", forms::text(), "what it offers"},
      {"transport",
       forms::word(transports),
       "how it is reached; stdio, without which its tools cannot be called yet"},
      {"command", forms::text(), "the program that is started, for stdio"},
      {"args", forms::list_of(forms::text()), "its arguments; templates"},
      {"url", forms::text(), "its address, for http and sse"},
      {"headers", named_texts_form(), "what is sent along, for http and sse"},
      {"env", named_texts_form(), "what is added to the environment"},
      {"credential_ref", forms::text(), "name of a keyring entry"},
  };
  return keys;
}

void read_servers(const YamlNode& list, Draft& draft, Compiler& compiler, Problems& problems) {
  if (!list.is_list()) {
    problems.add(Rule::wrong_type,
                 list.at,
                 "'servers' must be a list, got " + describe(list),
                 "write '- {id: files, command: mcp-files}' for each");
  }
  for (const YamlNode* item : list.items) {
    if (!item->is_map()) {
      problems.add(Rule::wrong_type, item->at, "a server must be a map, got " + describe(*item));
      continue;
    }
    Server server = ServerReader(*item, draft, compiler, problems).read();
    const YamlMember* id = item->find("id");
    add(std::move(server), id == nullptr ? item->at : id->value->at, draft, problems);
  }
}

}  // namespace goflow::core
