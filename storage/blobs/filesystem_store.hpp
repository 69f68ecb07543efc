// Blobs as files: BASE/<first two letters of the key>/<key>, each written whole or not at all.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/descriptor.hpp"
#include "core/claimcheck/object_store.hpp"

#include <cstdint>
#include <mutex>
#include <string>

namespace goflow::storage {

/// What it means when the base is not there.
enum class MissingBase {
  fine,  // nothing has been stored yet: it comes into being with the first put
  lost,  // blobs are recorded in it: health() reports that they are gone
};

/// 1. The base is opened once, links followed; below it everything is opened relative to its
///    folder, and links are never followed.
/// 2. A put writes a file without a name, syncs it, and renames it to the key. Two puts of one key
///    do so side by side, and the second name replaces the first.
/// 3. What is no regular file, or no key in its own shard, is no object: not read, not listed.
class FilesystemStore final : public core::ObjectStore {
 public:
  /// Nothing is touched before the first call. `base` is not empty.
  explicit FilesystemStore(std::string base, MissingBase missing = MissingBase::fine);

  core::Result<core::BlobKey> put(core::ByteSource& body, const core::PutInfo& info) override;
  core::Result<std::optional<core::ByteStream>> get(const core::BlobKey& key) override;
  core::Result<std::optional<core::ObjectStat>> stat(const core::BlobKey& key) override;
  core::Result<void> remove(const core::BlobKey& key) override;
  core::Result<void> health() override;
  core::Result<void> list_keys(const std::function<bool(const core::ObjectStat&)>& visit) override;

  /// What puts that were killed have left behind and nobody has written to since; how many.
  core::Result<std::int64_t> remove_unfinished(core::Timestamp before);

 private:
  using VisitFile =
      std::function<bool(const std::string& shard, int folder, const std::string& name)>;

  /// A descriptor that stays open; nullopt: there is no base yet.
  core::Result<std::optional<int>> base(std::string_view operation);
  /// nullopt: there is none for such a key.
  core::Result<std::optional<core::Descriptor>> shard(std::string_view operation,
                                                      const core::BlobKey& key);
  core::Result<core::Descriptor> shard_to_write(const core::BlobKey& key);
  [[nodiscard]] std::string path_of(const core::BlobKey& key) const;
  [[nodiscard]] core::Result<void> missing_base_health() const;
  core::Result<void> visit_files(const VisitFile& visit);

  const std::string path_;
  const MissingBase missing_;
  std::mutex opening_;
  core::Descriptor base_;
};

}  // namespace goflow::storage
