// The editor of the user, on a file of ours.
#pragma once

#include "core/base/result.hpp"

#include <string>

namespace goflow::cli {

/// A file for somebody to edit, in a folder that nobody else may read. Both go with the object,
/// unless they are kept.
class EditedFile {
 public:
  /// `name` is what the file is called, `place` the folder for temporary ones.
  static core::Result<EditedFile> make(const std::string& place,
                                       const std::string& name,
                                       const std::string& text);
  ~EditedFile();
  EditedFile(EditedFile&& other) noexcept;
  EditedFile& operator=(EditedFile&&) = delete;
  EditedFile(const EditedFile&) = delete;
  EditedFile& operator=(const EditedFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  void keep() { is_kept_ = true; }

 private:
  EditedFile(std::string folder, std::string path)
      : folder_(std::move(folder)), path_(std::move(path)) {}

  std::string folder_;
  std::string path_;
  bool is_kept_ = false;
};

/// Runs the command, as the shell reads it, with the file behind it, and waits for its end. An
/// Error when it could not be started or says that it failed.
core::Result<void> run_editor(const std::string& command, const std::string& path);

}  // namespace goflow::cli
