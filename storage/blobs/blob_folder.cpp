#include "storage/blobs/blob_folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <memory>
#include <random>

namespace goflow::storage {
namespace {

using core::Descriptor;

constexpr mode_t private_folder = 0700;
constexpr mode_t private_file = 0600;
constexpr std::string_view prefix = ".";
constexpr std::size_t random_letters = 16;
constexpr std::string_view suffix = ".tmp";

std::string random_name() {
  constexpr std::string_view letters = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::random_device chance;
  std::uniform_int_distribution<std::size_t> any(0, letters.size() - 1);
  std::string name(prefix);
  for (std::size_t i = 0; i < random_letters; ++i) {
    name += letters[any(chance)];
  }
  return name.append(suffix);
}

bool is_folder(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

/// Another process may have been faster: that is no failure, and then it sees to the rest.
bool make_folder_at(int parent, const std::string& name, int links) {
  if (mkdirat(parent, name.c_str(), private_folder) != 0) return errno == EEXIST;
  const Descriptor made(openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | links));
  return made.is_open() && fchmod(made.get(), private_folder) == 0 && fsync(parent) == 0;
}

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

std::unique_ptr<DIR, CloseFolder> names_of(int folder) {
  // A descriptor of its own: a second one of the same opening would share the place of the reading.
  Descriptor again(openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!again.is_open()) return nullptr;
  return std::unique_ptr<DIR, CloseFolder>(fdopendir(again.release()));
}

}  // namespace

bool make_private_folders(const std::string& path) {
  if (is_folder(path)) return true;
  const std::filesystem::path whole(path);
  if (!whole.has_filename()) return make_private_folders(whole.parent_path().string());
  const std::string above = whole.has_parent_path() ? whole.parent_path().string() : ".";
  if (!make_private_folders(above)) return false;
  const Descriptor parent = open_base(above);
  return parent.is_open() && make_folder_at(parent.get(), whole.filename().string(), 0) &&
         is_folder(path);
}

Descriptor open_base(const std::string& path) {
  return Descriptor(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

Descriptor open_folder_in(int parent, const std::string& name) {
  return Descriptor(openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

Descriptor make_folder_in(int parent, const std::string& name) {
  Descriptor folder = open_folder_in(parent, name);
  if (folder.is_open() || errno != ENOENT) return folder;
  if (!make_folder_at(parent, name, O_NOFOLLOW)) return Descriptor();
  return open_folder_in(parent, name);
}

bool visit_names(int folder, const std::function<bool(const std::string& name)>& visit) {
  const auto names = names_of(folder);
  if (names == nullptr) return false;
  while (true) {
    errno = 0;
    const dirent* entry = readdir(names.get());
    if (entry == nullptr) return errno == 0;
    if (!visit(entry->d_name)) return true;
  }
}

bool is_temporary(std::string_view name) {
  return name.size() == prefix.size() + random_letters + suffix.size() &&
         name.starts_with(prefix) && name.ends_with(suffix);
}

UnnamedFile::UnnamedFile(int folder)
    : folder_(folder),
      name_(random_name()),
      file_(openat(folder,
                   name_.c_str(),
                   O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                   private_file)) {
  if (file_.is_open()) fchmod(file_.get(), private_file);
}

UnnamedFile::~UnnamedFile() {
  if (is_open() && !is_named_) unlinkat(folder_, name_.c_str(), 0);
}

bool UnnamedFile::name_it(const std::string& name) {
  if (fsync(file_.get()) != 0) return false;
  is_named_ = renameat(folder_, name_.c_str(), folder_, name.c_str()) == 0;
  return is_named_ && fsync(folder_) == 0;
}

}  // namespace goflow::storage
