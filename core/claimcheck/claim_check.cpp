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

bool fits(const BlobRecord& record, const std::string& payload) {
  return payload.size() == record.size_bytes && sha256_hex(payload) == record.sha256;
}

struct Unpacked {
  std::string payload;
  Codec codec = Codec::none;
};

/// However it was compressed, if it is what had been stored.
std::optional<Unpacked> unpack(const BlobRecord& record, const std::string& stored) {
  std::vector<Codec> readings{record.codec};
  for (const Codec other : {codec_by_magic(stored), Codec::none}) {
    if (std::find(readings.begin(), readings.end(), other) == readings.end()) {
      readings.push_back(other);
    }
  }
  for (const Codec codec : readings) {
    auto payload = decompressed(stored, codec, record.size_bytes);
    if (payload && fits(record, *payload)) return Unpacked{*std::move(payload), codec};
  }
  return std::nullopt;
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
      recent_(settings.cache_bytes) {}

Result<Claim> ClaimCheck::put(std::string_view payload, const Source& source) {
  const Sha256Digest hash = sha256(payload);
  const BlobDraft draft{.key = BlobKey::of_content(hash),
                        .sha256 = to_hex(hash),
                        .size_bytes = payload.size(),
                        .store = storage_.location(),
                        .origin = source.origin};
  GOFLOW_TRY(BlobIndex * index, storage_.index());
  GOFLOW_TRY(BlobRecord record, index->begin_put(draft, clock_.now()));
  if (record.state == BlobState::present) observer_.on_duplicate();
  GOFLOW_TRY(ObjectStore * store, storage_.store_at(record.store));
  GOFLOW_TRY(const auto there, store->stat(record.key));
  if (!there) {
    GOFLOW_TRY(record, upload(*index, *store, std::move(record), payload, source));
  } else if (there->size != record.stored_bytes) {
    GOFLOW_TRY(auto adopted, adopt(*index, *store, record));
    if (!adopted) {
      GOFLOW_TRY(adopted, upload(*index, *store, std::move(record), payload, source));
    }
    record = *std::move(adopted);
  }
  observer_.on_offload(payload.size());
  return claim_of(record);
}

Result<BlobRecord> ClaimCheck::upload(BlobIndex& index,
                                      ObjectStore& store,
                                      BlobRecord record,
                                      std::string_view payload,
                                      const Source& source) {
  GOFLOW_TRY(const auto smaller, compressed(payload, settings_.compression));
  record.codec = smaller ? settings_.compression.codec : Codec::none;
  MemorySource body(smaller ? std::string_view(*smaller) : payload);
  record.stored_bytes = body.size();
  const PutInfo info{.key = record.key,
                     .content_type = std::string(content_type(record.codec, source.encoding)),
                     .sha256 = record.sha256,
                     .original_size = record.size_bytes,
                     .execution_id = source.execution_id};
  GOFLOW_TRY(store.put(body, info));
  GOFLOW_TRY(index.note_stored(record.key, *record.stored_bytes, record.codec, clock_.now()));
  observer_.on_written(record.size_bytes, *record.stored_bytes);
  return record;
}

// Another process may have put the same at the same time. What an earlier one left behind may as
// well be damaged: a store would keep it if it has the right length, so it has to go first.
Result<std::optional<BlobRecord>> ClaimCheck::adopt(BlobIndex& index,
                                                    ObjectStore& store,
                                                    BlobRecord record) {
  GOFLOW_TRY(auto object, store.get(record.key));
  if (!object) return std::optional<BlobRecord>();
  const auto stored = object->read_up_to(record.size_bytes + 1);
  const auto found = stored ? unpack(record, *stored) : std::nullopt;
  if (!found) {
    GOFLOW_TRY(store.remove(record.key));
    return std::optional<BlobRecord>();
  }
  record.codec = found->codec;
  record.stored_bytes = stored->size();
  GOFLOW_TRY(index.note_stored(record.key, *record.stored_bytes, record.codec, clock_.now()));
  return std::optional(std::move(record));
}

Result<std::string> ClaimCheck::get(const BlobKey& key) {
  GOFLOW_TRY(BlobIndex * index, storage_.index());
  GOFLOW_TRY(const auto record, index->find(key));
  if (!record) return missing(key, storage_.location());
  if (record->state == BlobState::expired) return gone(*record, settings_.ttl);
  if (record->state == BlobState::corrupt) return corrupt(*record);
  auto store = storage_.store_at(record->store);
  if (!store) return unreadable(*record, std::move(store).error());
  auto object = (*store)->get(key);
  if (!object) return unreadable(*record, std::move(object).error());
  if (!*object) return missing(key, record->store);
  // Compression never makes it larger. What is longer is damaged, and so is what ends too early.
  const auto stored = (*object)->read_up_to(record->size_bytes + 1);
  if (!stored) return unreadable(*record, stored.error());
  if (auto found = unpack(*record, *stored)) return std::move(found->payload);
  GOFLOW_TRY(index->mark_corrupt(key));
  return corrupt(*record);
}

Result<Value> ClaimCheck::read(const Claim& claim, Encoding encoding) {
  if (auto recent = recent_.find(claim.key, encoding)) return *std::move(recent);
  GOFLOW_TRY(std::string payload, get(claim.key));
  const std::size_t size = payload.size();
  GOFLOW_TRY(Value value, decoded(std::move(payload), encoding));
  recent_.add(claim.key, encoding, value, size);
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

std::optional<Value> ClaimCheck::Recent::find(const BlobKey& key, Encoding encoding) {
  const std::lock_guard lock(mutex_);
  const auto place = places_.find({key, encoding});
  if (place == places_.end()) return std::nullopt;
  entries_.splice(entries_.begin(), entries_, place->second);
  return entries_.front().value;
}

void ClaimCheck::Recent::add(const BlobKey& key,
                             Encoding encoding,
                             const Value& value,
                             std::size_t size) {
  if (size > limit_ / 4) return;
  const std::lock_guard lock(mutex_);
  const std::pair name(key, encoding);
  if (places_.contains(name)) return;
  entries_.push_front(Entry{name, value, size});
  places_.emplace(name, entries_.begin());
  size_ += size;
  while (size_ > limit_) {
    const Entry& last = entries_.back();
    size_ -= last.size;
    places_.erase(last.name);
    entries_.pop_back();
  }
}

}  // namespace goflow::core
