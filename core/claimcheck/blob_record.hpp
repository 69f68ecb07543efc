// What is known of blobs beside their bytes.
#pragma once

#include "core/base/clock.hpp"
#include "core/claimcheck/blob_key.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

namespace goflow::core {

enum class Codec { none, gzip, zstd };
std::string_view to_string(Codec codec);
std::optional<Codec> parse_codec(std::string_view word);

enum class BlobState {
  writing,   // its bytes may not be there yet
  present,   // whole
  deleting,  // its bytes may be gone already
  expired,   // gone, but records still name it
  corrupt,   // it was read, and was not what had been stored
};
std::string_view to_string(BlobState state);
std::optional<BlobState> parse_blob_state(std::string_view word);

/// Who asked for it to be stored: a run, or somebody by hand.
enum class BlobOrigin { run, manual };
std::string_view to_string(BlobOrigin origin);
std::optional<BlobOrigin> parse_blob_origin(std::string_view word);

struct BlobRecord {
  BlobKey key;
  std::string sha256;  // of the payload, 64 digits
  std::uint64_t size_bytes = 0;
  std::optional<std::uint64_t> stored_bytes = std::nullopt;  // nullopt while it is being written
  Codec codec = Codec::none;
  std::string store;  // its location, as storage spells it
  BlobState state = BlobState::writing;
  BlobOrigin origin = BlobOrigin::run;
  Timestamp stored_at;
  Timestamp touched_at;
  std::optional<Timestamp> expired_at = std::nullopt;
};

/// How the bytes of a payload are to be read.
enum class Encoding { json, text, bytes };
std::string_view to_string(Encoding encoding);
std::optional<Encoding> parse_encoding(std::string_view word);

/// One place in one record that holds a claim instead of a value.
struct Slot {
  std::string owner_kind;  // execution, node, variable, log, signal
  std::string owner_id;
  std::string name;  // inputs/<name>, outputs/<name>, return, old, new, stdout#<attempt>, payload

  friend bool operator==(const Slot&, const Slot&) = default;
  friend bool operator<(const Slot& a, const Slot& b) {
    return std::tie(a.owner_kind, a.owner_id, a.name) < std::tie(b.owner_kind, b.owner_id, b.name);
  }
};

struct BlobReference {
  std::string execution_id;
  Slot slot;
  BlobKey key;
  Encoding encoding = Encoding::json;
};

}  // namespace goflow::core
