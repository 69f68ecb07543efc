#include "storage/files/workflow_index.hpp"

#include "storage/files/atomic_file.hpp"
#include "storage/files/file_reading.hpp"
#include "storage/files/workflow_file_name.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstring>
#include <type_traits>
#include <vector>

namespace goflow::storage {
namespace {

constexpr mode_t file_mode = 0600;

/// In the manner of FNV-1a, eight bytes at a time: finds a file that was cut off or damaged; nobody
/// has a reason to forge one.
std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t sum = bytes.size();
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t size = std::min(bytes.size(), sizeof word);
    std::memcpy(&word, bytes.data(), size);
    sum = std::rotl((sum ^ word) * 0x9e3779b97f4a7c15, 31);
    bytes.remove_prefix(size);
  }
  return sum;
}

// Numbers are written as they lie in memory: the file never leaves the machine, and the name of the
// program is in front.

template <typename T>
concept Plain = std::has_unique_object_representations_v<T>;

template <Plain T>
void put(std::string& bytes, const T& value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void put(std::string& bytes, std::string_view text) {
  put(bytes, static_cast<std::uint32_t>(text.size()));
  bytes += text;
}

template <Plain T>
bool take(std::string_view& bytes, T& value) {
  if (bytes.size() < sizeof value) return false;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return true;
}

bool take(std::string_view& bytes, std::string_view& text) {
  std::uint32_t size = 0;
  if (!take(bytes, size) || size > bytes.size()) return false;
  text = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return true;
}

bool take(std::string_view& bytes, std::string& text) {
  std::string_view taken;
  if (!take(bytes, taken)) return false;
  text = taken;
  return true;
}

void put(std::string& bytes, const std::vector<std::string>& texts) {
  put(bytes, static_cast<std::uint32_t>(texts.size()));
  for (const std::string& text : texts) {
    put(bytes, text);
  }
}

bool take(std::string_view& bytes, std::vector<std::string>& texts) {
  std::uint32_t count = 0;
  if (!take(bytes, count)) return false;
  texts.clear();
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!take(bytes, texts.emplace_back())) return false;
  }
  return true;
}

std::string heading(const WorkflowIndexFile& file) {
  return "goflow workflow index 4\n" + file.program + "\n";
}

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

FileStamp stamp_of(const struct stat& status) {
  return {.device = status.st_dev,
          .inode = status.st_ino,
          .size = static_cast<std::uint64_t>(status.st_size),
          .modified_ns = nanoseconds(status.st_mtim),
          .changed_ns = nanoseconds(status.st_ctim)};
}

core::Timestamp modification_time(const FileStamp& stamp) {
  return core::Timestamp(std::chrono::microseconds(stamp.modified_ns / 1000));
}

WorkflowIndex::WorkflowIndex(const WorkflowIndexFile& file) {
  auto bytes = read_file(file.path);
  if (!bytes) return;
  bytes_ = *std::move(bytes);
  const std::string head = heading(file);
  std::string_view body = bytes_;
  std::uint64_t sum = 0;
  if (!body.starts_with(head)) return;
  body.remove_prefix(head.size());
  if (!take(body, sum) || checksum(body) != sum || !take(body, size_)) return;
  left_ = body;
}

std::optional<FileStamp> WorkflowIndex::recall(const std::string& file_name,
                                               core::WorkflowSummary& summary) {
  std::string_view name;
  std::string_view entry;
  do {
    const std::string_view here = left_;
    if (!take(left_, name) || !take(left_, entry)) return std::nullopt;
    if (name != file_name && is_listed_before(file_name, name)) {
      left_ = here;
      return std::nullopt;
    }
  } while (name != file_name);
  FileStamp stamp;
  const bool is_whole = take(entry, stamp) && take(entry, summary.version) &&
                        take(entry, summary.nodes) && take(entry, summary.name) &&
                        take(entry, summary.description) && take(entry, summary.problem) &&
                        take(entry, summary.cron) && take(entry, summary.time_zone);
  return is_whole ? std::optional(stamp) : std::nullopt;
}

WorkflowIndexWriter::WorkflowIndexWriter(const WorkflowIndexFile& file)
    : file_(file), bytes_(heading(file)) {
  put(bytes_, std::uint64_t{});
  body_ = bytes_.size();
  put(bytes_, count_);
  entries_ = bytes_.size();
}

void WorkflowIndexWriter::add(const std::string& file_name,
                              const FileStamp& stamp,
                              const core::WorkflowSummary& summary) {
  entry_.clear();
  put(entry_, stamp);
  put(entry_, summary.version);
  put(entry_, summary.nodes);
  put(entry_, summary.name);
  put(entry_, summary.description);
  put(entry_, summary.problem);
  put(entry_, summary.cron);
  put(entry_, summary.time_zone);
  put(bytes_, file_name);
  put(bytes_, entry_);
  ++count_;
}

void WorkflowIndexWriter::append(const WorkflowIndexWriter& other) {
  bytes_.append(other.bytes_, other.entries_);
  count_ += other.count_;
}

void WorkflowIndexWriter::write() {
  std::memcpy(bytes_.data() + body_, &count_, sizeof count_);
  const std::uint64_t sum = checksum(std::string_view(bytes_).substr(body_));
  std::memcpy(bytes_.data() + body_ - sizeof sum, &sum, sizeof sum);
  // Not synced: what a crash of the machine leaves of it, the checksum tells.
  (void)replace_file(file_.path, bytes_, file_mode);
}

}  // namespace goflow::storage
