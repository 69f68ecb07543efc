// What a workflow that comes from elsewhere needs before it can be run here.
#pragma once

#include "core/base/result.hpp"
#include "core/workflow/sharing/export.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// The MCP servers that are known on this machine.
class ServerRegistry {
 public:
  virtual ~ServerRegistry() = default;
  [[nodiscard]] virtual Result<std::vector<std::string>> ids() const = 0;
};

/// Where no server was ever added.
class NoServers final : public ServerRegistry {
 public:
  [[nodiscard]] Result<std::vector<std::string>> ids() const override {
    return std::vector<std::string>();
  }
};

/// A program or address that the file brings along, to be shown before anybody agrees to it.
struct BroughtServer {
  std::string id;
  std::string runs;  // its command with arguments, or its URL
};

struct ImportNeeds {
  bool has_version = false;          // it is written
  std::vector<std::string> servers;  // that nodes use, by id, each once
  std::vector<BroughtServer> brought;
  std::vector<ExportNote> to_fill;  // values that stand for something of the importer
};

/// `text` is a valid YAML map.
Result<ImportNeeds> find_needs(std::string_view text, std::string_view file);

/// All servers that are used and not registered in one Error, those that the file brings with what
/// they would run; nothing when there are none.
Result<void> check_servers(const ImportNeeds& needs, const ServerRegistry& registry);

/// The text with another value of `name`, and all else byte for byte as it was.
Result<std::string> with_name(std::string_view text, std::string_view file, std::string_view name);

}  // namespace goflow::core
