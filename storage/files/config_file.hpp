// <home>/config.yaml: a file that its owner may write by hand as well.
#pragma once

#include "core/base/result.hpp"
#include "core/settings/config_text.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::storage {

class ConfigFile {
 public:
  explicit ConfigFile(std::string home) : home_(std::move(home)) {}

  /// Empty when there is no such file.
  [[nodiscard]] core::Result<std::vector<core::ConfigEntry>> read() const;
  /// nullopt takes the setting out. Comments and all else stay; of two processes that change two
  /// settings at once neither loses its own.
  [[nodiscard]] core::Result<void> change(const std::string& name,
                                          const std::optional<std::string>& value) const;

 private:
  [[nodiscard]] std::string path() const;
  [[nodiscard]] core::Result<std::string> text() const;

  std::string home_;
};

}  // namespace goflow::storage
