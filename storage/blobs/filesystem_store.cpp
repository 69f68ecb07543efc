#include "storage/blobs/filesystem_store.hpp"

#include "core/base/temporary_file.hpp"
#include "storage/blobs/blob_folder.hpp"
#include "storage/blobs/content_hash.hpp"
#include "storage/files/file_failure.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <utility>

namespace goflow::storage {
namespace {

using core::BlobKey;
using core::ByteSource;
using core::ByteStream;
using core::Descriptor;
using core::Error;
using core::ErrorCode;
using core::ObjectStat;
using core::Result;

constexpr std::size_t piece_size = 64UL * 1024;

std::string failed(std::string_view operation) {
  return "filesystem " + std::string(operation) + " failed";
}

Error failure(std::string_view operation, const std::string& path, int reason) {
  return file_failure(failed(operation) + ":", path, reason);
}

std::string shard_of(const BlobKey& key) {
  return key.text().substr(0, 2);
}

bool is_shard_name(const std::string& name) {
  return name.size() == 2 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// There is nothing of ours of that name.
bool means_absent(int reason) {
  return reason == ENOENT || reason == ENOTDIR || reason == ELOOP;
}

core::Timestamp modified(const struct stat& status) {
  const auto since_epoch = std::chrono::seconds(status.st_mtim.tv_sec) +
                           std::chrono::nanoseconds(status.st_mtim.tv_nsec);
  return core::Timestamp(std::chrono::duration_cast<std::chrono::microseconds>(since_epoch));
}

/// nullopt, with errno: there is no such file, or something that is none.
std::optional<struct stat> file_status(int folder, const std::string& name) {
  struct stat status {};
  if (fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
  if (S_ISREG(status.st_mode)) return status;
  errno = ENOENT;
  return std::nullopt;
}

/// The same.
Descriptor open_file(int folder, const std::string& name) {
  // A pipe is not waited for.
  constexpr int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  return Descriptor(openat(folder, name.c_str(), flags));
}

std::uint64_t size_of(const struct stat& status) {
  return static_cast<std::uint64_t>(status.st_size);
}

class FileReader final : public core::ByteReader {
 public:
  FileReader(Descriptor file, std::uint64_t size)
      : file_(std::move(file)), source_(file_.get(), size) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    auto count = source_.read(buffer);
    if (!count) return std::move(count).error().with_context(failed("get"));
    read_ += *count;
    if (*count == 0 && !buffer.empty() && read_ < source_.size()) {
      return Error{ErrorCode::unavailable,
                   failed("get") + ": the file ends after " + std::to_string(read_) + " of " +
                       std::to_string(source_.size()) + " bytes"};
    }
    return count;
  }

 private:
  Descriptor file_;
  core::FileSource source_;
  std::uint64_t read_ = 0;
};

/// Refreshes what is there already. false: it is not, or of another size.
bool refresh(int shard, const BlobKey& key, std::uint64_t size) {
  const auto there = file_status(shard, key.text());
  return there && size_of(*there) == size &&
         utimensat(shard, key.text().c_str(), nullptr, AT_SYMLINK_NOFOLLOW) == 0;
}

Result<void> write_body(ByteSource& body, int descriptor, const std::string& path) {
  GOFLOW_TRY(body.rewind());
  std::uint64_t written = 0;
  std::array<char, piece_size> piece;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  while (true) {
    auto count = body.read(piece);
    if (!count) return std::move(count).error().with_context(failed("put"));
    if (*count == 0) break;
    if (!core::write_all(descriptor, {piece.data(), *count})) return failure("put", path, errno);
    written += *count;
  }
  if (written == body.size()) return {};
  return length_mismatch(written, body.size()).with_context(failed("put"));
}

Result<void> write_object(int shard,
                          const BlobKey& key,
                          ByteSource& body,
                          const std::string& shard_path) {
  UnnamedFile file(shard);
  if (!file.is_open()) return failure("put", shard_path, errno);
  GOFLOW_TRY(write_body(body, file.descriptor(), shard_path));
  if (!file.name_it(key.text())) return failure("put", shard_path, errno);
  return {};
}

/// Writes, syncs and removes a file.
bool can_write_in(int folder) {
  UnnamedFile probe(folder);
  return probe.is_open() && core::write_all(probe.descriptor(), "probe") &&
         fsync(probe.descriptor()) == 0;
}

/// The nearest folder above that is there.
std::string existing_above(const std::string& path) {
  std::error_code ignored;
  std::filesystem::path above = std::filesystem::absolute(path, ignored).parent_path();
  while (!std::filesystem::exists(above, ignored) && above != above.parent_path()) {
    above = above.parent_path();
  }
  return above.string();
}

}  // namespace

FilesystemStore::FilesystemStore(std::string base, MissingBase missing)
    : path_(std::move(base)), missing_(missing) {}

Result<std::optional<int>> FilesystemStore::base(std::string_view operation) {
  const std::lock_guard lock(opening_);
  if (!base_.is_open()) base_ = open_base(path_);
  if (base_.is_open()) return std::optional(base_.get());
  if (errno == ENOENT) return std::optional<int>();
  return failure(operation, path_, errno);
}

Result<std::optional<Descriptor>> FilesystemStore::shard(std::string_view operation,
                                                         const BlobKey& key) {
  GOFLOW_TRY(const std::optional<int> folder, base(operation));
  if (!folder) return std::optional<Descriptor>();
  Descriptor opened = open_folder_in(*folder, shard_of(key));
  if (opened.is_open()) return std::optional(std::move(opened));
  if (means_absent(errno)) return std::optional<Descriptor>();
  return failure(operation, path_of(key), errno);
}

std::string FilesystemStore::path_of(const BlobKey& key) const {
  return path_ + "/" + shard_of(key) + "/" + key.text();
}

Result<Descriptor> FilesystemStore::shard_to_write(const BlobKey& key) {
  GOFLOW_TRY(std::optional<int> folder, base("put"));
  if (!folder) {
    if (!make_private_folders(path_)) return failure("put", path_, errno);
    GOFLOW_TRY(folder, base("put"));
    if (!folder) return failure("put", path_, ENOENT);
  }
  Descriptor opened = make_folder_in(*folder, shard_of(key));
  if (!opened.is_open()) return failure("put", path_ + "/" + shard_of(key), errno);
  return opened;
}

Result<BlobKey> FilesystemStore::put(ByteSource& body, const core::PutInfo& info) {
  auto key = key_for(body, info);
  if (!key) return std::move(key).error().with_context(failed("put"));
  GOFLOW_TRY(const Descriptor folder, shard_to_write(*key));
  if (refresh(folder.get(), *key, body.size())) return key;
  GOFLOW_TRY(write_object(folder.get(), *key, body, path_of(*key)));
  return key;
}

Result<std::optional<ByteStream>> FilesystemStore::get(const BlobKey& key) {
  GOFLOW_TRY(const auto folder, shard("get", key));
  if (!folder) return std::optional<ByteStream>();
  Descriptor file = open_file(folder->get(), key.text());
  struct stat status {};
  if (!file.is_open() || fstat(file.get(), &status) != 0) {
    if (means_absent(errno)) return std::optional<ByteStream>();
    return failure("get", path_of(key), errno);
  }
  if (!S_ISREG(status.st_mode)) return std::optional<ByteStream>();
  return std::optional(ByteStream(std::make_unique<FileReader>(std::move(file), size_of(status))));
}

Result<std::optional<ObjectStat>> FilesystemStore::stat(const BlobKey& key) {
  GOFLOW_TRY(const auto folder, shard("stat", key));
  if (!folder) return std::optional<ObjectStat>();
  const auto status = file_status(folder->get(), key.text());
  if (status) return std::optional(ObjectStat{key, size_of(*status), modified(*status)});
  if (means_absent(errno)) return std::optional<ObjectStat>();
  return failure("stat", path_of(key), errno);
}

Result<void> FilesystemStore::remove(const BlobKey& key) {
  GOFLOW_TRY(const auto folder, shard("delete", key));
  if (!folder) return {};
  if (unlinkat(folder->get(), key.text().c_str(), 0) == 0 || means_absent(errno)) return {};
  return failure("delete", path_of(key), errno);
}

Result<void> FilesystemStore::health() {
  // Opened anew: a base that is gone meanwhile is of no use, whatever was opened of it before.
  const Descriptor folder = open_base(path_);
  if (!folder.is_open() && errno == ENOENT) return missing_base_health();
  struct stat status {};
  if (!folder.is_open() || fstat(folder.get(), &status) != 0) {
    return failure("health check", path_, errno);
  }
  if (status.st_uid != geteuid()) {
    return Error{ErrorCode::unavailable,
                 failed("health check") + ": '" + path_ + "' belongs to another user"}
        .with_hint("look whose it is: ls -ld '" + path_ + "'");
  }
  if (!can_write_in(folder.get())) return failure("health check", path_, errno);
  return {};
}

Result<void> FilesystemStore::missing_base_health() const {
  if (missing_ == MissingBase::lost) {
    return Error{ErrorCode::unavailable,
                 failed("health check") + ": '" + path_ + "' is gone, and blobs are recorded in it"}
        .with_hint("put it back, or mount what it lies on: ls -ld '" + path_ + "'");
  }
  const std::string above = existing_above(path_);
  if (!std::filesystem::is_directory(above)) return failure("health check", above, ENOTDIR);
  if (faccessat(AT_FDCWD, above.c_str(), W_OK | X_OK, AT_EACCESS) == 0) return {};
  return failure("health check", above, errno);
}

Result<void> FilesystemStore::list_keys(const std::function<bool(const ObjectStat&)>& visit) {
  return visit_files([&](const std::string& shard_name, int folder, const std::string& name) {
    const auto key = BlobKey::parse(name);
    if (!key || shard_of(*key) != shard_name) return true;
    const auto status = file_status(folder, name);
    // Removed meanwhile, or no file.
    if (!status) return true;
    return visit(ObjectStat{*key, size_of(*status), modified(*status)});
  });
}

Result<std::int64_t> FilesystemStore::remove_unfinished(core::Timestamp before) {
  std::int64_t removed = 0;
  const auto remove_if_old = [&](int folder, const std::string& name) {
    if (!is_temporary(name)) return true;
    const auto status = file_status(folder, name);
    if (!status || modified(*status) >= before) return true;
    if (unlinkat(folder, name.c_str(), 0) == 0) ++removed;
    return true;
  };
  GOFLOW_TRY(const std::optional<int> folder, base("list"));
  if (!folder) return removed;
  // A probe of its health lies beside the shards.
  const bool is_readable =
      visit_names(*folder, [&](const std::string& name) { return remove_if_old(*folder, name); });
  if (!is_readable) return failure("list", path_, errno);
  GOFLOW_TRY(visit_files([&](const std::string&, int shard, const std::string& name) {
    return remove_if_old(shard, name);
  }));
  return removed;
}

Result<void> FilesystemStore::visit_files(const VisitFile& visit) {
  GOFLOW_TRY(const std::optional<int> folder, base("list"));
  if (!folder) return {};
  Result<void> outcome;
  const bool is_readable = visit_names(*folder, [&](const std::string& shard_name) {
    if (!is_shard_name(shard_name)) return true;
    bool goes_on = true;
    const Descriptor opened = open_folder_in(*folder, shard_name);
    if (!opened.is_open() && means_absent(errno)) return true;
    const bool is_read =
        opened.is_open() && visit_names(opened.get(), [&](const std::string& name) {
          return goes_on = visit(shard_name, opened.get(), name);
        });
    if (!is_read) outcome = failure("list", path_ + "/" + shard_name, errno);
    return is_read && goes_on;
  });
  if (!is_readable) return failure("list", path_, errno);
  return outcome;
}

}  // namespace goflow::storage
