#include "cli/commands/blobs/blob_fields.hpp"

namespace goflow::cli {
namespace {

using core::Value;

Value size_or_null(const std::optional<std::uint64_t>& size) {
  return size ? Value(static_cast<std::int64_t>(*size)) : Value();
}

Value time_or_null(const std::optional<core::Timestamp>& time) {
  return time ? Value(core::format_rfc3339(*time)) : Value();
}

}  // namespace

core::Object blob_document(const core::BlobRecord& blob) {
  return {{"key", blob.key.text()},
          {"size_bytes", static_cast<std::int64_t>(blob.size_bytes)},
          {"stored_bytes", size_or_null(blob.stored_bytes)},
          {"codec", to_string(blob.codec)},
          {"state", to_string(blob.state)},
          {"origin", to_string(blob.origin)},
          {"store", blob.store},
          {"sha256", blob.sha256},
          {"stored_at", core::format_rfc3339(blob.stored_at)},
          {"touched_at", core::format_rfc3339(blob.touched_at)},
          {"expired_at", time_or_null(blob.expired_at)}};
}

core::Object reference_document(const core::BlobReference& reference) {
  return {{"execution", reference.execution_id},
          {"owner_kind", reference.slot.owner_kind},
          {"owner_id", reference.slot.owner_id},
          {"slot", reference.slot.name},
          {"encoding", to_string(reference.encoding)}};
}

}  // namespace goflow::cli
