#include "engine/local/stream_log.hpp"

#include "core/base/utf8.hpp"
#include "core/claimcheck/claimed_value.hpp"
#include "engine/loop/event_loop.hpp"

#include <algorithm>
#include <utility>

namespace goflow::engine {
namespace {

using core::Error;
using core::Failure;
using core::Result;

constexpr std::uint64_t longest_value = 64UL * 1024 * 1024;
// So much at once is worth the way to another thread.
constexpr std::uint64_t read_along_step = 4UL * 1024 * 1024;
// More than that and each second one goes: a step may write for days.
constexpr std::size_t most_marks = 1000;

Failure data_failure(std::string message) {
  return Failure{"data", std::move(message)};
}

}  // namespace

/// What is done on the other thread, and owned by it for as long as that takes.
struct StreamLog::Storing {
  core::GrowingPayload payload;
  core::ClaimCheck& claim_check;
  std::string execution_id;
  Result<core::Claim> claim = Error{core::ErrorCode::internal, "not yet"};
  Result<void> read = {};
};

StreamLog::StreamLog(std::string name, LogKeeping& keeping)
    : name_(std::move(name)),
      keeping_(keeping),
      longest_in_memory_(keeping.large_values.threshold_bytes() - 1) {}

StreamLog::~StreamLog() = default;

void StreamLog::append(std::string_view text) {
  size_ += text.size();
  has_grown_ = true;
  if (!excerpt_ && !file_ && size_ <= longest_in_memory_) {
    content_ += text;
    return;
  }
  if (!excerpt_ && !file_) begin_file();
  if (excerpt_) return excerpt_->append(text);
  if (auto written = file_->append(text); !written) {
    give_up_file(written.error());
    return excerpt_->append(text);
  }
  read_along();
}

void StreamLog::begin_file() {
  auto file = SpoolFile::create(keeping_.spool_folder, keeping_.execution_id);
  if (file) {
    if (auto written = file->append(content_); !written) {
      file->remove();
      file = std::move(written).error();
    }
  }
  if (file) {
    file_ = *std::move(file);
  } else {
    keeping_.large_values.note(std::move(file).error());
    excerpt_.emplace().append(content_);
  }
  content_ = {};
}

void StreamLog::give_up_file(const Error& cause) {
  keeping_.large_values.note(cause);
  work_.reset();
  storing_.reset();
  excerpt_ = excerpt_of(*file_);
  spent_file_ = std::exchange(file_, std::nullopt);
}

void StreamLog::read_along() {
  if (work_ || !begin_storing()) return;
  const std::uint64_t end = file_->size();
  if (end - storing_->payload.position() < read_along_step) return;
  work_ = std::make_unique<Background>(
      keeping_.loop,
      [storing = storing_, end](const std::atomic<bool>& stop) {
        storing->read = storing->payload.read_up_to(end, stop);
      },
      [this] {
        work_.reset();
        if (again_) return again_();
        read_along();
      });
}

/// False: it stays in the history, at least for now.
bool StreamLog::begin_storing() {
  if (storing_) return storing_->read.ok();
  core::ClaimCheck* claim_check = keeping_.large_values.open_claim_check();
  if (claim_check == nullptr) return false;
  auto payload = open_payload(*claim_check);
  if (payload) {
    storing_ = std::make_shared<Storing>(
        Storing{*std::move(payload), *claim_check, keeping_.execution_id});
  } else {
    keeping_.large_values.note(std::move(payload).error());
  }
  return storing_ != nullptr;
}

Result<core::GrowingPayload> StreamLog::open_payload(const core::ClaimCheck& claim_check) const {
  GOFLOW_TRY(core::Descriptor copy, file_->duplicate());
  return core::GrowingPayload::open(
      std::move(copy), keeping_.spool_folder, claim_check.settings().compression);
}

bool StreamLog::settle(std::function<void()> again) {
  if (settled_) return true;
  again_ = std::move(again);
  if (work_) return false;
  if (!file_) {
    settle_as({.content = std::exchange(content_, {})});
    settled_->first_invalid = core::utf8::first_invalid(settled_->content);
    return true;
  }
  if (begin_storing()) {
    put_away();
    return false;
  }
  const auto failure = what_failed_on_the_way();
  if (failure) keeping_.large_values.note(*failure);
  settle_as(kept_in_history(*file_, failure));
  return true;
}

std::optional<Error> StreamLog::what_failed_on_the_way() const {
  if (!storing_ || storing_->read) return std::nullopt;
  return storing_->read.error();
}

void StreamLog::put_away() {
  work_ = std::make_unique<Background>(
      keeping_.loop,
      [storing = storing_, size = file_->size()](const std::atomic<bool>& stop) {
        storing->claim = engine::put_away(
            storing->payload, size, storing->claim_check, storing->execution_id, stop);
      },
      [this] {
        work_.reset();
        keeping_.large_values.note(storing_->claim);
        if (storing_->claim) {
          settle_as(
              {.claim = *storing_->claim, .first_invalid = storing_->payload.first_invalid()});
        } else {
          settle_as(kept_in_history(*file_, storing_->claim.error()));
        }
        storing_.reset();
        again_();
      });
}

void StreamLog::settle_as(SettledLog settled) {
  settled_ = std::move(settled);
  if (!file_) return;
  has_grown_ = true;
  spent_file_ = std::exchange(file_, std::nullopt);
}

std::optional<core::NodeLog> StreamLog::take_record(core::Timestamp now) {
  if (!std::exchange(has_grown_, false)) return std::nullopt;
  mark(now);
  core::NodeLog record{.path = {}, .stream = name_};
  record.size_bytes = static_cast<std::int64_t>(size_);
  record.marks = marks_;
  if (excerpt_) {
    record.content = excerpt_->content();
  } else if (file_) {
    record.spool = file_->name();
  } else if (settled_) {
    record.content = settled_->content;
    record.claim = settled_->claim;
  } else {
    record.content = content_;
  }
  return record;
}

void StreamLog::mark(core::Timestamp now) {
  const auto size = static_cast<std::int64_t>(size_);
  // Once the middle is left out one mark does for the end, which moves with each line.
  const bool moves = excerpt_ && !excerpt_->is_whole();
  if (!marks_.empty() && (moves || marks_.back().size_bytes == size)) marks_.pop_back();
  marks_.push_back(core::LogMark{size, now});
  if (marks_.size() <= most_marks) return;
  std::vector<core::LogMark> fewer;
  for (std::size_t i = marks_.size() % 2; i < marks_.size(); i += 2) {
    fewer.push_back(marks_[i]);
  }
  marks_ = std::move(fewer);
}

std::optional<Failure> StreamLog::loss() const {
  if (!settled_->loss) return std::nullopt;
  return Failure{"claim_check", "cannot keep what it wrote to " + name_ + ": " + *settled_->loss};
}

Result<core::Value, Failure> StreamLog::text(core::ValueOrigin origin) const {
  if (size_ > longest_value) {
    return data_failure("output of " + std::to_string(size_) +
                        " bytes is too large for a value, 64 MiB is most");
  }
  if (excerpt_) {
    return data_failure("output of " + std::to_string(size_) + " bytes could not be kept");
  }
  if (settled_->first_invalid) {
    return data_failure("output is not UTF-8 text, from byte " +
                        std::to_string(*settled_->first_invalid) + " on");
  }
  if (settled_->claim) {
    return keeping_.large_values.behind(*settled_->claim, core::Encoding::text, std::move(origin));
  }
  return *core::decoded(settled_->content, core::Encoding::text);
}

}  // namespace goflow::engine
