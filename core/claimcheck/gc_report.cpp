#include "core/claimcheck/gc_report.hpp"

namespace goflow::core {
namespace {

/// What lies in the store as far as the record tells.
std::int64_t bytes_of(const BlobRecord& record) {
  if (record.state == BlobState::expired) return 0;
  return static_cast<std::int64_t>(record.stored_bytes.value_or(0));
}

}  // namespace

GcReason reason_of(const MarkedBlob& blob) {
  switch (blob.record.state) {
    case BlobState::deleting:
      return GcReason::half_deleted;
    case BlobState::expired:
      return GcReason::record_alone;
    case BlobState::writing:
      return GcReason::unfinished;
    case BlobState::present:
    case BlobState::corrupt:
      break;
  }
  if (blob.is_referenced) return GcReason::run_ended;
  return blob.record.origin == BlobOrigin::manual ? GcReason::put_by_hand : GcReason::unreferenced;
}

void GcReport::count(const MarkedBlob& blob) {
  add(reason_of(blob), bytes_of(blob.record));
  ++(blob.is_referenced ? expired : deleted);
}

void GcReport::count_orphan(std::uint64_t bytes) {
  add(GcReason::no_record, static_cast<std::int64_t>(bytes));
  ++orphans_removed;
}

void GcReport::add(GcReason reason, std::int64_t bytes) {
  GcTally& tally = reasons[reason];
  ++tally.blobs;
  tally.bytes += bytes;
  bytes_freed += bytes;
}

Object to_document(const GcReport& report) {
  Object document{{"dry_run", report.dry_run},
                  {"examined", report.examined()},
                  {"deleted", report.deleted},
                  {"expired", report.expired},
                  {"in_use", report.in_use},
                  {"orphans_removed", report.orphans_removed},
                  {"temp_files_removed", report.temp_files_removed},
                  {"bytes_freed", report.bytes_freed},
                  {"errors", std::ssize(report.failures)},
                  {"duration_ms", report.duration.count()}};
  if (report.left > 0) document.set("left", report.left);
  if (report.orphans_left > 0) document.set("orphans_left", report.orphans_left);
  return document;
}

}  // namespace goflow::core
