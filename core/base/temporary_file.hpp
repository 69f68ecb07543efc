// A file that is written beside its place and then takes it: whole or not at all.
#pragma once

#include "core/base/descriptor.hpp"

#include <string>
#include <string_view>

namespace goflow::core {

/// Open for its owner alone, until somebody gives it another mode; gone with this unless it was
/// kept.
class TemporaryFile {
 public:
  /// Not open, with errno: it cannot be made there.
  explicit TemporaryFile(const std::string& final_path);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] bool is_open() const { return file_.is_open(); }
  [[nodiscard]] int descriptor() const { return file_.get(); }
  /// Takes the place of what is there. false, with errno: it could not.
  bool rename_to(const std::string& path);

 private:
  std::string path_;
  Descriptor file_;
  bool kept_ = false;
};

/// Removes those for the same place that somebody was writing who was killed: what is older than an
/// hour is nobody's any more.
void remove_abandoned_temporaries(const std::string& final_path);

/// false, with errno: they could not all be written.
bool write_all(int descriptor, std::string_view bytes);

/// Makes names that came or went in the folder durable.
void sync_folder(const std::string& folder);

/// The same for the folder in which the file lies.
void sync_folder_of(const std::string& path);

}  // namespace goflow::core
