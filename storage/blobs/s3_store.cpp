#include "storage/blobs/s3_store.hpp"

#include "storage/blobs/content_hash.hpp"
#include "storage/blobs/s3_query.hpp"

#include <utility>

namespace goflow::storage {
namespace {

using core::BlobKey;
using core::ByteSource;
using core::ByteStream;
using core::Error;
using core::ErrorCode;
using core::ObjectStat;
using core::Result;

constexpr std::uint64_t largest_upload = 4ULL * 1024 * 1024 * 1024;
constexpr std::size_t longest_answer = 16UL * 1024 * 1024;

constexpr int not_found = 404;
constexpr std::string_view no_bucket = "NoSuchBucket";

bool is_success(int status) {
  return status >= 200 && status < 300;
}

bool may_go_better(int status) {
  return status == 408 || status == 429 || status >= 500;
}

std::string failed(std::string_view operation) {
  return "s3 " + std::string(operation) + " failed";
}

/// The body of an answer, as a stream of its own.
class AnswerReader final : public core::ByteReader {
 public:
  explicit AnswerReader(std::unique_ptr<S3Answer> answer) : answer_(std::move(answer)) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    auto count = answer_->read(buffer);
    if (!count) return std::move(count).error().with_context(failed("get"));
    return count;
  }

 private:
  std::unique_ptr<S3Answer> answer_;
};

/// Of another reader, which stays whose it is.
class BorrowedReader final : public core::ByteReader {
 public:
  explicit BorrowedReader(S3Answer& answer) : answer_(answer) {}
  Result<std::size_t> read(std::span<char> buffer) override { return answer_.read(buffer); }

 private:
  S3Answer& answer_;
};

Result<std::string> all_of(S3Answer& answer) {
  return ByteStream(std::make_unique<BorrowedReader>(answer)).read_all(longest_answer);
}

/// A body that a server of the way answers with may be anything, or be cut.
ServiceFault fault_of(S3Answer& answer) {
  const auto body = all_of(answer);
  ServiceFault fault = body ? read_fault(*body) : ServiceFault();
  if (fault.request_id.empty()) fault.request_id = answer.request_id();
  return fault;
}

std::string hint_for(int status, const std::string& code) {
  if (code == "RequestTimeTooSkewed") return "set the clock of this machine: timedatectl status";
  if (code == no_bucket || status == not_found) {
    return "check the name of the bucket: R2_BUCKET, or goflow config get blob_storage.bucket";
  }
  if (status == 401 || status == 403) {
    return "check the keys, and what they may do with the bucket: R2_ACCESS_KEY_ID and "
           "R2_SECRET_ACCESS_KEY";
  }
  return {};
}

std::vector<std::string> headers_for(const core::PutInfo& info,
                                     const ByteSource& body,
                                     const std::string& body_sha256) {
  const bool is_described = !info.sha256.empty();
  const std::uint64_t size = is_described ? info.original_size : body.size();
  return {"content-type: " + info.content_type,
          "x-amz-meta-goflow-execution: " + info.execution_id,
          "x-amz-meta-goflow-sha256: " + (is_described ? info.sha256 : body_sha256),
          "x-amz-meta-goflow-size: " + std::to_string(size)};
}

}  // namespace

S3Store::S3Store(S3Service service, S3Place place, std::shared_ptr<RetryAfter> retry_after)
    : client_(std::move(service)), place_(std::move(place)), retry_after_(std::move(retry_after)) {}

std::string S3Store::path_of(const BlobKey& key) const {
  return "/" + place_.bucket + "/" + place_.prefix + key.text();
}

Result<S3Store::Answer> S3Store::ask(std::string_view operation, const S3Request& request) {
  auto answer = client_.send(request);
  if (!answer) return std::move(answer).error().with_context(failed(operation));
  return answer;
}

Error S3Store::failure(std::string_view operation, S3Answer& answer) {
  return failure(operation, answer, fault_of(answer));
}

Error S3Store::failure(std::string_view operation, S3Answer& answer, const ServiceFault& fault) {
  const int status = answer.status();
  retry_after_->say(answer.retry_after());
  std::string message = failed(operation) + ": " + std::to_string(status);
  if (!fault.code.empty()) message += " " + fault.code;
  if (!fault.request_id.empty()) message += " (request " + fault.request_id + ")";
  const auto code = may_go_better(status) ? ErrorCode::unavailable : ErrorCode::failed_precondition;
  return {code, std::move(message), hint_for(status, fault.code)};
}

Result<BlobKey> S3Store::put(ByteSource& body, const core::PutInfo& info) {
  if (body.size() > largest_upload) {
    return Error{ErrorCode::failed_precondition,
                 failed("put") + ": " + std::to_string(body.size()) +
                     " bytes are more than the 4 GiB that one upload may have"};
  }
  auto key = key_for(body, info);
  if (!key) return std::move(key).error().with_context(failed("put"));
  GOFLOW_TRY(const bool is_there, has(*key, body.size()));
  if (is_there) return key;
  const auto hash = hash_of(body);
  if (!hash) return Error(hash.error()).with_context(failed("put"));
  GOFLOW_TRY(upload(body, info, *key, *hash));
  return key;
}

Result<bool> S3Store::has(const BlobKey& key, std::uint64_t size) {
  GOFLOW_TRY(const Answer answer, ask("put", S3Request{.method = "HEAD", .path = path_of(key)}));
  if (is_success(answer->status())) return answer->length() == size;
  if (may_go_better(answer->status())) return failure("put", *answer);
  // Missing, or we may not know: then the upload will tell what is wrong, if anything is.
  return false;
}

Result<void> S3Store::upload(ByteSource& body,
                             const core::PutInfo& info,
                             const BlobKey& key,
                             const core::Sha256Digest& hash) {
  const std::string sha256 = core::to_hex(hash);
  const S3Request request{.method = "PUT",
                          .path = path_of(key),
                          .headers = headers_for(info, body, sha256),
                          .body = &body,
                          .body_sha256 = sha256};
  GOFLOW_TRY(const Answer answer, ask("put", request));
  if (is_success(answer->status())) return {};
  return failure("put", *answer);
}

Result<std::optional<ByteStream>> S3Store::get(const BlobKey& key) {
  GOFLOW_TRY(Answer answer, ask("get", S3Request{.path = path_of(key)}));
  if (is_success(answer->status())) {
    return std::optional(ByteStream(std::make_unique<AnswerReader>(std::move(answer))));
  }
  const ServiceFault fault = fault_of(*answer);
  const bool is_object_missing = answer->status() == not_found && fault.code != no_bucket;
  if (is_object_missing) return std::optional<ByteStream>();
  return failure("get", *answer, fault);
}

Result<std::optional<ObjectStat>> S3Store::stat(const BlobKey& key) {
  GOFLOW_TRY(const Answer answer, ask("stat", S3Request{.method = "HEAD", .path = path_of(key)}));
  if (answer->status() == not_found) return std::optional<ObjectStat>();
  if (!is_success(answer->status())) return failure("stat", *answer);
  return std::optional(ObjectStat{
      key, answer->length().value_or(0), answer->modified().value_or(core::Timestamp())});
}

Result<void> S3Store::remove(const BlobKey& key) {
  GOFLOW_TRY(const Answer answer,
             ask("delete", S3Request{.method = "DELETE", .path = path_of(key)}));
  if (is_success(answer->status()) || answer->status() == not_found) return {};
  return failure("delete", *answer);
}

Result<void> S3Store::health() {
  const S3Request request{.method = "HEAD", .path = "/" + place_.bucket};
  GOFLOW_TRY(const Answer answer, ask("health check", request));
  if (is_success(answer->status())) return {};
  return failure("health check", *answer);
}

Result<std::string> S3Store::page(const std::optional<std::string>& token) {
  std::vector<std::pair<std::string, std::string>> parameters{
      {"list-type", "2"}, {"max-keys", "1000"}, {"prefix", place_.prefix}};
  if (token) parameters.emplace_back("continuation-token", *token);
  const S3Request request{.path = "/" + place_.bucket,
                          .query = canonical_query(std::move(parameters))};
  GOFLOW_TRY(const Answer answer, ask("list", request));
  if (!is_success(answer->status())) return failure("list", *answer);
  auto xml = all_of(*answer);
  if (!xml) return std::move(xml).error().with_context(failed("list"));
  return xml;
}

Result<void> S3Store::list_keys(const std::function<bool(const ObjectStat&)>& visit) {
  std::optional<std::string> token;
  do {
    GOFLOW_TRY(const std::string xml, page(token));
    auto listing = read_listing(xml);
    if (!listing) return std::move(listing).error().with_context(failed("list"));
    for (const ListedObject& object : listing->objects) {
      // Others may have put something of theirs there.
      if (!object.key.starts_with(place_.prefix)) continue;
      const auto key = BlobKey::parse(object.key.substr(place_.prefix.size()));
      if (key && !visit(ObjectStat{*key, object.size, object.modified})) return {};
    }
    token = std::move(listing->next);
  } while (token);
  return {};
}

}  // namespace goflow::storage
