// The register of all blobs: which there are, in which state, and who refers to them.
#pragma once

#include "core/base/result.hpp"
#include "core/claimcheck/blob_record.hpp"
#include "core/claimcheck/gc_rules.hpp"

#include <cstdint>
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

/// What is present, in all stores.
struct BlobTotals {
  std::int64_t blobs = 0;
  std::int64_t stored_bytes = 0;
};

/// A blob that may go, or that is marked and therefore `deleting` now.
struct MarkedBlob {
  BlobRecord record;           // as it was before
  bool is_referenced = false;  // it will be expired; otherwise its record goes as well
};

/// What the rules say of all blobs; those that expired before are counted only if they can go.
struct GcSurvey {
  std::int64_t in_use = 0;
  std::vector<MarkedBlob> can_go = {};  // not marked
};

/// Safe to use from several processes and threads at once. Each call is one short transaction.
class BlobIndex {
 public:
  virtual ~BlobIndex() = default;

  /// A blob with this hash that is present in whatever store is touched and given back. Otherwise a
  /// record in state `writing` is: a new one, or the one of an earlier try, a corrupt or an expired
  /// blob. Its key is another than that of the draft where that is taken: by another content, by a
  /// blob that is being deleted, or by a put into another store. What somebody puts by hand is of
  /// that origin from then on, whoever had stored it before.
  virtual Result<BlobRecord> begin_put(const BlobDraft& draft, Timestamp now) = 0;
  /// Of this hash, beside that of begin_put(): what expired or is corrupt while something refers to
  /// it, or an earlier such try left behind. In state `writing` now, in the store of the draft; to
  /// be put there and published.
  virtual Result<std::vector<BlobRecord>> begin_healing(const BlobDraft& draft,
                                                        const BlobKey& key,
                                                        Timestamp now) = 0;
  /// Its bytes lie in the store, so many and in this form. It becomes present together with the
  /// first record that refers to it, or by publish(). not_found, as with the next two: it went
  /// meanwhile, and has to be put again.
  virtual Result<void> note_stored(const BlobKey& key,
                                   std::uint64_t stored_bytes,
                                   Codec codec,
                                   Timestamp now) = 0;
  /// A put goes on.
  virtual Result<void> touch(const BlobKey& key, Timestamp now) = 0;
  /// Makes a stored blob present without any record that refers to it.
  virtual Result<void> publish(const BlobKey& key, Timestamp now) = 0;
  /// It was read, and was not what had been stored. Changes nothing unless it is present.
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

  virtual Result<BlobTotals> totals() = 0;

  /// What the rules let go, without marking it. Holds nobody up, however many there are.
  virtual Result<GcSurvey> survey(const GcRules& rules, Timestamp now) = 0;
  /// Marks those of the keys that the rules let go still. Marking is a touch: until the grace
  /// period is over no other collector takes them.
  virtual Result<std::vector<MarkedBlob>> mark(const std::vector<BlobKey>& keys,
                                               const GcRules& rules,
                                               Timestamp now) = 0;
  /// The same for one blob, whatever its age, if nothing refers to it or `force` is set. nullopt:
  /// it may not, or is not there.
  virtual Result<std::optional<MarkedBlob>> mark_one(const BlobKey& key,
                                                     bool force,
                                                     Timestamp now) = 0;
  /// Those of the keys that have no record.
  virtual Result<std::vector<BlobKey>> without_record(const std::vector<BlobKey>& keys) = 0;
  /// The same, and they are marked: objects in this store that nobody has recorded, on which no put
  /// must rely from now on.
  virtual Result<std::vector<BlobKey>> mark_orphans(const std::vector<BlobKey>& keys,
                                                    const std::string& store,
                                                    Timestamp now) = 0;
  /// The bytes of marked blobs are gone: so are their records, or they are expired if something
  /// refers to them.
  virtual Result<void> settle(const std::vector<BlobKey>& keys) = 0;
};

}  // namespace goflow::core
