// One writer at a time in a folder, among all processes of this machine.
#pragma once

#include <string>

namespace goflow::storage {

/// Waits until it has the lock and gives it back at the end of its scope, also when the process is
/// killed. Where the file system knows no locks it is done without: files are whole all the same.
class FolderLock {
 public:
  explicit FolderLock(const std::string& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace goflow::storage
