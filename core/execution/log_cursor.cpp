#include "core/execution/log_cursor.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::size_t piece_size = 64UL * 1024;

bool lies_elsewhere(const NodeLog& log) {
  return log.claim || !log.spool.empty();
}

/// Of a long log whose middle is gone, the first look shows it as it is kept, a later one its end.
std::int64_t fresh_in_content(const NodeLog& log, std::int64_t size, std::int64_t from) {
  const auto held = static_cast<std::int64_t>(log.content.size());
  return from == 0 && held != size ? held : std::min(size - from, held);
}

}  // namespace

LogCursor::LogCursor(const NodeLog& log, LogLine like, Reading reading)
    : log_(&log), line_(std::move(like)), reading_(reading), position_(reading.from) {
  if (!lies_elsewhere(log)) position_ = size() - fresh_in_content(log, size(), reading.from);
  line_.time = time_at(position_ + 1);
}

std::int64_t LogCursor::size() const {
  return log_->size_bytes > 0 ? log_->size_bytes : static_cast<std::int64_t>(log_->content.size());
}

Result<bool> LogCursor::step(LogTexts& texts) {
  if (!text_) {
    GOFLOW_TRY(text_, open(texts));
  }
  while (true) {
    const std::size_t end = pending_.find('\n', begin_);
    if (end != std::string::npos) {
      take_line(end - begin_ + 1);
      return true;
    }
    GOFLOW_TRY(const bool has_more, read_more());
    if (has_more) continue;
    if (begin_ == pending_.size() || reading_.goes_on) return false;
    take_line(pending_.size() - begin_);
    return true;
  }
}

Result<ByteStream> LogCursor::open(LogTexts& texts) const {
  if (lies_elsewhere(*log_)) return texts.open(*log_, static_cast<std::uint64_t>(position_));
  const std::int64_t fresh = fresh_in_content(*log_, size(), reading_.from);
  return memory_stream(
      log_->content.substr(log_->content.size() - static_cast<std::size_t>(fresh)));
}

Result<bool> LogCursor::read_more() {
  if (is_at_end_) return false;
  pending_.erase(0, begin_);
  begin_ = 0;
  std::array<char, piece_size> piece;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  GOFLOW_TRY(const std::size_t count, text_->read(piece));
  pending_.append(piece.data(), count);
  is_at_end_ = count == 0;
  return !is_at_end_;
}

void LogCursor::take_line(std::size_t length) {
  position_ += static_cast<std::int64_t>(length);
  line_.time = time_at(std::max<std::int64_t>(position_, 0));
  line_.line.assign(pending_, begin_, length);
  if (line_.line.back() == '\n') line_.line.pop_back();
  begin_ += length;
}

/// When the byte before `offset` had been written, as far as that is known.
Timestamp LogCursor::time_at(std::int64_t offset) {
  const auto& marks = log_->marks;
  while (mark_ < marks.size() && marks[mark_].size_bytes < offset) {
    ++mark_;
  }
  return mark_ < marks.size() ? marks[mark_].at : reading_.end;
}

}  // namespace goflow::core
