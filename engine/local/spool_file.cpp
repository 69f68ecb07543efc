#include "engine/local/spool_file.hpp"

#include "core/base/temporary_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

namespace goflow::engine {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

Error cannot(std::string_view what, const std::string& path) {
  return Error{ErrorCode::unavailable,
               "cannot " + std::string(what) + " '" + path + "': " + core::errno_text(errno)};
}

}  // namespace

Result<SpoolFile> SpoolFile::create(const std::string& folder, const std::string& execution_id) {
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return cannot("make", folder);
  std::string path = folder + "/" + execution_id + ".XXXXXX";
  core::Descriptor file(mkostemp(path.data(), O_CLOEXEC));
  if (!file.is_open()) return cannot("write to", folder);
  return SpoolFile(folder, path.substr(folder.size() + 1), std::move(file), 0);
}

Result<SpoolFile> SpoolFile::open(const std::string& folder, const std::string& name) {
  const std::string path = folder + "/" + name;
  const bool is_plain = !name.starts_with('.') && name.find('/') == std::string::npos;
  core::Descriptor file(is_plain ? ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW) : -1);
  struct stat facts {};
  if (!file.is_open() || fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) {
    return Error{ErrorCode::not_found, "there is no file '" + path + "'"};
  }
  return SpoolFile(folder, name, std::move(file), static_cast<std::uint64_t>(facts.st_size));
}

Result<void> SpoolFile::append(std::string_view bytes) {
  if (!core::write_all(file_.get(), bytes)) return cannot("write to", folder_);
  size_ += bytes.size();
  return {};
}

Result<core::Descriptor> SpoolFile::duplicate() const {
  core::Descriptor copy(fcntl(file_.get(), F_DUPFD_CLOEXEC, 0));
  if (!copy.is_open()) return cannot("read", folder_);
  return copy;
}

Result<std::string> SpoolFile::read(std::uint64_t begin, std::size_t length) const {
  std::string bytes(length, '\0');
  std::size_t held = 0;
  while (held < length) {
    const ssize_t count =
        pread(file_.get(), bytes.data() + held, length - held, static_cast<off_t>(begin + held));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return cannot("read", folder_);
    if (count == 0) break;
    held += static_cast<std::size_t>(count);
  }
  bytes.resize(held);
  return bytes;
}

void SpoolFile::remove() const {
  unlink((folder_ + "/" + name_).c_str());
}

}  // namespace goflow::engine
