// The register of blobs, in memory, with the same rules as on disk; and the runs that refer to
// them.
#pragma once

#include "core/claimcheck/blob_index.hpp"
#include "core/execution/status.hpp"

#include <map>
#include <mutex>

namespace goflow::test {

class MemoryBlobIndex final : public core::BlobIndex {
 public:
  core::Result<core::BlobRecord> begin_put(const core::BlobDraft& draft,
                                           core::Timestamp now) override;
  core::Result<std::vector<core::BlobRecord>> begin_healing(const core::BlobDraft& draft,
                                                            const core::BlobKey& key,
                                                            core::Timestamp now) override;
  core::Result<void> note_stored(const core::BlobKey& key,
                                 std::uint64_t stored_bytes,
                                 core::Codec codec,
                                 core::Timestamp now) override;
  core::Result<void> touch(const core::BlobKey& key, core::Timestamp now) override;
  core::Result<void> publish(const core::BlobKey& key, core::Timestamp now) override;
  core::Result<void> mark_corrupt(const core::BlobKey& key) override;

  core::Result<std::optional<core::BlobRecord>> find(const core::BlobKey& key) override;
  core::Result<std::vector<std::string>> matching_keys(const std::string& part, int limit) override;
  core::Result<std::vector<core::ListedBlob>> list(const core::BlobFilter& filter) override;
  core::Result<std::vector<core::BlobReference>> references(const core::BlobKey& key) override;
  core::Result<bool> expects_objects(const std::string& store) override;
  core::Result<core::BlobTotals> totals() override;

  core::Result<core::GcSurvey> survey(const core::GcRules& rules, core::Timestamp now) override;
  core::Result<std::vector<core::MarkedBlob>> mark(const std::vector<core::BlobKey>& keys,
                                                   const core::GcRules& rules,
                                                   core::Timestamp now) override;
  core::Result<std::optional<core::MarkedBlob>> mark_one(const core::BlobKey& key,
                                                         bool force,
                                                         core::Timestamp now) override;
  core::Result<std::vector<core::BlobKey>> without_record(
      const std::vector<core::BlobKey>& keys) override;
  core::Result<std::vector<core::BlobKey>> mark_orphans(const std::vector<core::BlobKey>& keys,
                                                        const std::string& store,
                                                        core::Timestamp now) override;
  core::Result<void> settle(const std::vector<core::BlobKey>& keys) override;

  /// A run as it is now; `end` unless it may still go on.
  void record_run(const std::string& id,
                  core::ExecutionStatus status,
                  std::optional<core::Timestamp> end);
  void put_within(const std::string& id, const std::string& outer_id);
  /// With all that it refers to.
  void delete_run(const std::string& id);
  /// All of them or none, as the journal of a run does with the record that holds the claims.
  core::Result<void> write_references(const std::vector<core::BlobReference>& references);

 private:
  struct Run {
    core::ExecutionStatus status;
    std::optional<core::Timestamp> end;
    std::string outer_id = {};
  };

  static void write_again(core::BlobRecord& record,
                          const core::BlobDraft& draft,
                          core::Timestamp now);
  core::BlobRecord* usable_for(const core::BlobDraft& draft);
  core::BlobRecord* in_use(const core::BlobKey& key);
  bool may_go_on(const std::string& run_id) const;
  bool refers_to(const std::string& run_id, const core::BlobKey& key) const;
  core::BlobUse use_of(const core::BlobKey& key) const;
  core::MarkedBlob mark_now(core::BlobRecord& record, core::Timestamp now);

  std::mutex mutex_;
  std::map<core::BlobKey, core::BlobRecord> records_;
  std::map<core::Slot, core::BlobReference> references_;
  std::map<std::string, Run> runs_;
};

}  // namespace goflow::test
