// A file that holds what a step writes while it writes it, so that others can read along.
#pragma once

#include "core/base/descriptor.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace goflow::engine {

/// It outlives its process: a log that was cut off is found in it by whoever takes up the run.
class SpoolFile {
 public:
  /// Makes the folder, for its owner alone, if it is not there.
  static core::Result<SpoolFile> create(const std::string& folder, const std::string& execution_id);
  /// By its name as it is recorded.
  static core::Result<SpoolFile> open(const std::string& folder, const std::string& name);

  /// As it is recorded: without its folder.
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& folder() const { return folder_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  core::Result<void> append(std::string_view bytes);
  /// Another descriptor for the same bytes.
  [[nodiscard]] core::Result<core::Descriptor> duplicate() const;
  [[nodiscard]] core::Result<std::string> read(std::uint64_t begin, std::size_t length) const;
  /// Whoever has it open can go on reading.
  void remove() const;

 private:
  SpoolFile(std::string folder, std::string name, core::Descriptor file, std::uint64_t size)
      : folder_(std::move(folder)), name_(std::move(name)), file_(std::move(file)), size_(size) {}

  std::string folder_;
  std::string name_;
  core::Descriptor file_;
  std::uint64_t size_;
};

}  // namespace goflow::engine
