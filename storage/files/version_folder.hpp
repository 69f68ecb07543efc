// The versions of one workflow that were replaced or removed: <folder>/<number>.yaml.
#pragma once

#include "core/base/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::storage {

/// Numbers are given in order and never twice. One process at a time may change the folder.
class VersionFolder {
 public:
  explicit VersionFolder(std::string folder) : folder_(std::move(folder)) {}

  /// In ascending order.
  [[nodiscard]] core::Result<std::vector<int>> numbers() const;
  [[nodiscard]] std::string path_of(int number) const;
  /// The number under which the file is kept already, or else would be.
  [[nodiscard]] core::Result<int> number_of(const std::string& path) const;

  /// Keeps the file before it is replaced or removed; the oldest beyond the `bound` newest go. What
  /// is no regular file cannot be kept.
  core::Result<void> keep(const std::string& path, int bound);
  /// Makes durable what was kept.
  void sync() const;

 private:
  core::Result<void> copy(const std::string& path, int number);
  core::Result<void> drop_oldest(int bound);

  std::string folder_;
};

}  // namespace goflow::storage
