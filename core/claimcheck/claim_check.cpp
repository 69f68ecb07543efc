#include "core/claimcheck/claim_check.hpp"

#include "core/base/duration.hpp"
#include "core/base/sha256.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

constexpr std::string_view content_type(Codec codec, Encoding encoding) {
  if (codec == Codec::gzip) return "application/gzip";
  if (codec == Codec::zstd) return "application/zstd";
  if (encoding == Encoding::json) return "application/json";
  if (encoding == Encoding::text) return "text/plain; charset=utf-8";
  return "application/octet-stream";
}

Result<void> upload_compressed(std::string_view payload,
                               const Compression& compression,
                               const ClaimCheck::Upload& upload) {
  GOFLOW_TRY(const auto smaller, compressed(payload, compression));
  MemorySource body(smaller ? std::string_view(*smaller) : payload);
  return upload(body, smaller ? compression.codec : Codec::none);
}

Error gone(const BlobRecord& record, const std::optional<std::chrono::milliseconds>& ttl) {
  std::string message = "blob " + record.key.text() + " expired";
  if (record.expired_at) message += " on " + format_rfc3339(*record.expired_at).substr(0, 10);
  if (ttl) message += " (ttl " + spell_duration(*ttl) + ")";
  return Error{ErrorCode::not_found, std::move(message)};
}

Error missing(const BlobKey& key, const std::string& store) {
  return Error{ErrorCode::not_found, "blob " + key.text() + " is missing from " + store};
}

Error corrupt(const BlobRecord& record) {
  return Error{
      ErrorCode::unavailable,
      "blob " + record.key.text() + " in " + record.store + " is corrupt: not what was stored"};
}

Error unreadable(const BlobRecord& record, Error error) {
  if (error.hint.empty()) error.hint = "see what is wrong: goflow blobs health";
  return std::move(error).with_context("blob " + record.key.text() + " in " + record.store +
                                       " cannot be read");
}

}  // namespace

ClaimCheck::ClaimCheck(ClaimCheckSettings settings,
                       BlobStorage& storage,
                       ClaimObserver& observer,
                       const Clock& clock)
    : settings_(settings),
      storage_(storage),
      observer_(observer),
      clock_(clock),
      cache_(std::make_shared<ReadCache>(settings.cache_bytes)),
      cache_user_(cache_->new_user()) {}

Result<Claim> ClaimCheck::put(std::string_view payload, const Source& source) {
  return put(sha256(payload), payload.size(), source, [&](const Upload& upload) {
    return upload_compressed(payload, settings_.compression, upload);
  });
}

Result<Claim> ClaimCheck::put(const SpooledPayload& payload, const Source& source) {
  return put(payload.hash, payload.size_bytes, source, [&](const Upload& upload) {
    FileSource bytes(payload.file.get(), payload.stored_bytes);
    return upload(bytes, payload.codec);
  });
}

Result<Claim> ClaimCheck::put(const Sha256Digest& hash,
                              std::uint64_t size_bytes,
                              const Source& source,
                              const WithBody& with_body) {
  const BlobDraft draft{.key = BlobKey::of_content(hash),
                        .sha256 = to_hex(hash),
                        .size_bytes = size_bytes,
                        .store = storage_.location(),
                        .origin = source.origin};
  GOFLOW_TRY(BlobIndex * index, storage_.index());
  GOFLOW_TRY(BlobRecord record, index->begin_put(draft, clock_.now()));
  if (record.state == BlobState::present) observer_.on_duplicate();
  GOFLOW_TRY(bring(*index, record, source, with_body));
  heal(*index, draft, record.key, source, with_body);
  observer_.on_offload();
  return claim_of(record);
}

Result<void> ClaimCheck::bring(BlobIndex& index,
                               BlobRecord& record,
                               const Source& source,
                               const WithBody& with_body) {
  GOFLOW_TRY(ObjectStore * store, storage_.store_at(record.store));
  GOFLOW_TRY(const auto there, store->stat(record.key));
  bool is_stored = there && there->size == record.stored_bytes;
  if (there && !is_stored) {
    GOFLOW_TRY(is_stored, adopt(index, *store, record));
  }
  if (is_stored) return {};
  return with_body([&](ByteSource& body, Codec codec) {
    return upload(index, *store, record, body, codec, source);
  });
}

// The put itself has succeeded: what fails here is tried again by the next one.
void ClaimCheck::heal(BlobIndex& index,
                      const BlobDraft& draft,
                      const BlobKey& key,
                      const Source& source,
                      const WithBody& with_body) {
  auto lost = index.begin_healing(draft, key, clock_.now());
  if (!lost) return;
  for (BlobRecord& record : *lost) {
    if (!bring(index, record, source, with_body)) return;
    if (!index.publish(record.key, clock_.now())) return;
  }
}

Result<void> ClaimCheck::upload(BlobIndex& index,
                                ObjectStore& store,
                                BlobRecord& record,
                                ByteSource& body,
                                Codec codec,
                                const Source& source) {
  record.codec = codec;
  record.stored_bytes = body.size();
  const PutInfo info{.key = record.key,
                     .content_type = std::string(content_type(record.codec, source.encoding)),
                     .sha256 = record.sha256,
                     .original_size = record.size_bytes,
                     .execution_id = source.execution_id};
  GOFLOW_TRY(store.put(body, info));
  GOFLOW_TRY(index.note_stored(record.key, *record.stored_bytes, record.codec, clock_.now()));
  observer_.on_written(record.size_bytes, *record.stored_bytes);
  return {};
}

// Another process may have put the same at the same time. What an earlier one left behind may as
// well be damaged: a store would keep it if it has the right length, so it has to go first.
Result<bool> ClaimCheck::adopt(BlobIndex& index, ObjectStore& store, BlobRecord& record) {
  NoSink sink;
  GOFLOW_TRY(const Unpacking found, unpack(record, store, sink));
  if (found.condition == BlobCondition::corrupt) {
    GOFLOW_TRY(store.remove(record.key));
  }
  if (found.condition != BlobCondition::intact) return false;
  record.codec = found.codec;
  record.stored_bytes = found.stored_bytes;
  GOFLOW_TRY(index.note_stored(record.key, found.stored_bytes, found.codec, clock_.now()));
  return true;
}

Result<std::string> ClaimCheck::get(const BlobKey& key) {
  MemorySink sink;
  GOFLOW_TRY(get(key, sink));
  return sink.take_payload();
}

Result<void> ClaimCheck::get(const BlobKey& key, PayloadSink& sink) {
  GOFLOW_TRY(BlobIndex * index, storage_.index());
  GOFLOW_TRY(const auto record, index->find(key));
  if (!record) return missing(key, storage_.location());
  if (record->state == BlobState::expired) return gone(*record, settings_.ttl);
  if (record->state == BlobState::corrupt) return corrupt(*record);
  auto store = storage_.store_at(record->store);
  if (!store) return unreadable(*record, std::move(store).error());
  const auto unpacking = unpack(*record, **store, sink);
  if (!unpacking) return unreadable(*record, unpacking.error());
  if (unpacking->condition == BlobCondition::intact) return {};
  if (unpacking->condition == BlobCondition::missing) return missing(key, record->store);
  GOFLOW_TRY(index->mark_corrupt(key));
  return corrupt(*record);
}

Result<Value> ClaimCheck::read(const Claim& claim, Encoding encoding) {
  const ReadCache::Name name{cache_user_, claim.key, static_cast<int>(encoding)};
  if (auto known = cache_->find(name)) {
    observer_.on_cache_hit();
    return std::get<Value>(*std::move(known));
  }
  const std::uint64_t forgotten = cache_->forgotten();
  GOFLOW_TRY(std::string payload, get(claim.key));
  const std::size_t size = payload.size();
  GOFLOW_TRY(Value value, decoded(std::move(payload), encoding));
  cache_->add(name, value, size, forgotten);
  return value;
}

void ClaimCheck::note_read(std::weak_ptr<const ClaimedValue> value) {
  const std::lock_guard lock(mutex_);
  read_.push_back(std::move(value));
}

void ClaimCheck::let_go() {
  std::vector<std::weak_ptr<const ClaimedValue>> read;
  {
    const std::lock_guard lock(mutex_);
    read.swap(read_);
  }
  for (const auto& value : read) {
    if (const auto held = value.lock()) held->let_go();
  }
}

}  // namespace goflow::core
