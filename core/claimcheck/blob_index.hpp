// The register of all blobs: which there are, in which state, and who refers to them.
#pragma once

#include "core/base/result.hpp"
#include "core/claimcheck/blob_record.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

/// A payload that is about to be stored.
struct BlobDraft {
  BlobKey key;         // of its content
  std::string sha256;  // of the payload
  std::uint64_t size_bytes = 0;
  std::string store;
  BlobOrigin origin = BlobOrigin::run;
};

struct BlobFilter {
  std::optional<BlobState> state = std::nullopt;
  std::optional<std::string> execution_id = std::nullopt;
  bool only_unreferenced = false;
  int limit = 0;  // 0: all
};

struct ListedBlob {
  BlobRecord record;
  std::int64_t references = 0;
};

/// When blobs may go.
struct GcRules {
  std::chrono::milliseconds grace{0};  // for what nobody refers to, and what is being written
  // After the end of the last execution that refers to it; nullopt: never.
  std::optional<std::chrono::milliseconds> ttl = std::nullopt;
  bool only_unreferenced = false;
};

/// A blob that gc has marked: it is `deleting` now.
struct MarkedBlob {
  BlobRecord record;
  bool is_referenced = false;  // it will be expired; otherwise its record goes as well
};

/// What gc would do, or looked at.
struct GcSurvey {
  std::int64_t examined = 0;
  std::int64_t in_use = 0;
  std::vector<MarkedBlob> can_go = {};  // as they are, not marked
};

/// Safe to use from several processes and threads at once. Each call is one short transaction.
class BlobIndex {
 public:
  virtual ~BlobIndex() = default;

  /// A blob with this hash that is present in whatever store is touched and given back. Otherwise a
  /// record in state `writing` is: a new one, or the one of an earlier try, a corrupt or an expired
  /// blob. Its key is another than that of the draft where that is taken: by another content, or
  /// by a blob that is being deleted.
  virtual Result<BlobRecord> begin_put(const BlobDraft& draft, Timestamp now) = 0;
  /// Its bytes lie in the store, so many and in this form. It becomes present together with the
  /// first record that refers to it, or by publish().
  virtual Result<void> note_stored(const BlobKey& key,
                                   std::uint64_t stored_bytes,
                                   Codec codec,
                                   Timestamp now) = 0;
  /// A put goes on.
  virtual Result<void> touch(const BlobKey& key, Timestamp now) = 0;
  /// Makes a stored blob present without any record that refers to it.
  virtual Result<void> publish(const BlobKey& key, Timestamp now) = 0;
  /// It was read, and was not what had been stored.
  virtual Result<void> mark_corrupt(const BlobKey& key) = 0;

  virtual Result<std::optional<BlobRecord>> find(const BlobKey& key) = 0;
  /// Keys that begin with, or end in, `part`; at most `limit`.
  virtual Result<std::vector<std::string>> matching_keys(const std::string& part, int limit) = 0;
  /// The newest first.
  virtual Result<std::vector<ListedBlob>> list(const BlobFilter& filter) = 0;
  /// Who refers to it.
  virtual Result<std::vector<BlobReference>> references(const BlobKey& key) = 0;
  /// Whether any blob is recorded in this location, in a state in which its bytes must be there.
  virtual Result<bool> expects_objects(const std::string& store) = 0;

  /// What the rules let go, without marking it.
  virtual Result<GcSurvey> survey(const GcRules& rules, Timestamp now) = 0;
  /// Marks at most `limit` of what the rules let go, re-checked in the transaction; those marked
  /// longer than the grace period ago count among them.
  virtual Result<std::vector<MarkedBlob>> mark(const GcRules& rules, int limit, Timestamp now) = 0;
  /// The same for one blob, whatever its references, if it is not used by a run that may still go
  /// on or `force` is set. nullopt: it may not, or is not there.
  virtual Result<std::optional<MarkedBlob>> mark_one(const BlobKey& key,
                                                     bool force,
                                                     Timestamp now) = 0;
  /// The bytes of a marked blob are gone: so is its record, or it is expired if it is referred to.
  virtual Result<void> settle(const BlobKey& key) = 0;
};

}  // namespace goflow::core
