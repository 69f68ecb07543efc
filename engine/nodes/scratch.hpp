// Private files of one run: scripts, outputs, values too large for the environment.
#pragma once

#include "core/base/result.hpp"
#include "core/value/value.hpp"

#include <sys/types.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::engine {

/// The place of one private file, which need not exist. What is there goes with it.
class ScratchFile {
 public:
  explicit ScratchFile(std::string path) : path_(std::move(path)) {}
  ~ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Leaves it to the folder to remove it.
  const std::string& keep() {
    is_gone_ = true;
    return path_;
  }
  /// What was written there; the file is gone afterwards. nullopt: nobody has written it.
  /// invalid_argument: no plain file, or longer than `limit`.
  [[nodiscard]] core::Result<std::optional<std::string>> take(std::size_t limit);

 private:
  void remove();

  std::string path_;
  bool is_gone_ = false;
};

/// A folder that only its owner may enter: made on first use, removed with all that is in it.
class Scratch {
 public:
  explicit Scratch(std::string folder) : folder_(std::move(folder)) {}
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  /// The path of a file with this text; the same text is written only once.
  core::Result<std::string> script(const std::string& text);
  /// A file that nobody has written yet.
  core::Result<std::unique_ptr<ScratchFile>> reserve();
  /// The path of a read-only file with the value that has this key; whoever comes first writes it.
  core::Result<std::string> shared(const std::string& key, std::string_view bytes);
  /// Likewise with the text of a value, straight from where it is kept; nullopt: it has to be read.
  /// May throw PayloadUnavailable.
  core::Result<std::optional<std::string>> shared_text(const core::Value& value);
  /// A read-only file with these bytes.
  core::Result<std::unique_ptr<ScratchFile>> write(std::string_view bytes);

 private:
  core::Result<std::string> new_path();
  core::Result<void> make_folder();

  std::string folder_;
  bool is_made_ = false;
  int last_number_ = 0;
  std::map<std::string, std::string> scripts_;
  std::map<std::string, std::string> shared_;  // paths by key
};

}  // namespace goflow::engine
