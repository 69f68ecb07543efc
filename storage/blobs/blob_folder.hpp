// The folders in which blobs lie as files: private to their owner, never reached through a link.
#pragma once

#include "core/base/descriptor.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace goflow::storage {

// What could not be done is told by errno.

/// Makes it and those above it that are missing, durably, with mode 0700 whatever the umask.
bool make_private_folders(const std::string& path);

/// Follows links: this is where a tree begins.
core::Descriptor open_base(const std::string& path);

/// A folder in one that is open. ENOTDIR or ELOOP: it is something else, such as a link.
core::Descriptor open_folder_in(int parent, const std::string& name);

/// The same; when there is none it is made, durably.
core::Descriptor make_folder_in(int parent, const std::string& name);

/// Calls `visit` for each name in the folder until it returns false.
bool visit_names(int folder, const std::function<bool(const std::string& name)>& visit);

/// Whether a file is one that was on its way to become a blob.
bool is_temporary(std::string_view name);

/// A file without a name of its own yet, gone with this unless it was given one.
class UnnamedFile {
 public:
  /// Not open, with errno: it cannot be made there. The folder outlives it.
  explicit UnnamedFile(int folder);
  ~UnnamedFile();
  UnnamedFile(const UnnamedFile&) = delete;
  UnnamedFile& operator=(const UnnamedFile&) = delete;

  [[nodiscard]] bool is_open() const { return file_.is_open(); }
  [[nodiscard]] int descriptor() const { return file_.get(); }
  /// Takes the place of what is called so. Durable when it returns true.
  bool name_it(const std::string& name);

 private:
  int folder_;
  std::string name_;
  core::Descriptor file_;
  bool is_named_ = false;
};

}  // namespace goflow::storage
