#include "storage/files/workflow_index.hpp"

#include "storage/files/atomic_file.hpp"
#include "storage/files/workflow_file_name.hpp"

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstring>
#include <optional>

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

template <std::integral T>
void put(std::string& bytes, T number) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void put(std::string& bytes, std::string_view text) {
  put(bytes, static_cast<std::uint32_t>(text.size()));
  bytes += text;
}

template <std::integral T>
bool take(std::string_view& bytes, T& number) {
  if (bytes.size() < sizeof number) return false;
  std::memcpy(&number, bytes.data(), sizeof number);
  bytes.remove_prefix(sizeof number);
  return true;
}

bool take(std::string_view& bytes, std::string_view& text) {
  std::uint32_t size = 0;
  if (!take(bytes, size) || size > bytes.size()) return false;
  text = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return true;
}

std::string heading(const WorkflowIndexFile& file) {
  return "goflow workflow index 2\n" + file.program + "\n";
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

struct WorkflowIndex::Entry {
  std::string_view file_name;
  FileStamp stamp;
  int version = 1;
  std::int64_t nodes = 0;
  std::string_view name;
  std::string_view description;
  std::string_view problem;
};

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

bool WorkflowIndex::recall(const std::string& file_name,
                           const FileStamp& stamp,
                           core::WorkflowSummary& summary) {
  Entry entry;
  do {
    const std::string_view here = left_;
    if (!next(entry)) return false;
    if (is_listed_before(file_name, entry.file_name)) {
      left_ = here;
      return false;
    }
  } while (entry.file_name != file_name);
  if (entry.stamp != stamp) return false;
  summary.version = entry.version;
  summary.nodes = entry.nodes;
  summary.name = entry.name;
  summary.description = entry.description;
  summary.problem = entry.problem;
  return true;
}

bool WorkflowIndex::next(Entry& entry) {
  auto& [file_name, stamp, version, nodes, name, description, problem] = entry;
  return take(left_, file_name) && take(left_, stamp.device) && take(left_, stamp.inode) &&
         take(left_, stamp.size) && take(left_, stamp.modified_ns) &&
         take(left_, stamp.changed_ns) && take(left_, version) && take(left_, nodes) &&
         take(left_, name) && take(left_, description) && take(left_, problem);
}

void WorkflowIndexWriter::add(const std::string& file_name,
                              const FileStamp& stamp,
                              const core::WorkflowSummary& summary) {
  put(entries_, file_name);
  put(entries_, stamp.device);
  put(entries_, stamp.inode);
  put(entries_, stamp.size);
  put(entries_, stamp.modified_ns);
  put(entries_, stamp.changed_ns);
  put(entries_, summary.version);
  put(entries_, summary.nodes);
  put(entries_, summary.name);
  put(entries_, summary.description);
  put(entries_, summary.problem);
  ++size_;
}

void WorkflowIndexWriter::write(const WorkflowIndexFile& file) const {
  std::string body;
  put(body, size_);
  body += entries_;
  std::string bytes = heading(file);
  put(bytes, checksum(body));
  // Not synced: what a crash of the machine leaves of it, the checksum tells.
  (void)replace_file(file.path, bytes + body, file_mode);
}

}  // namespace goflow::storage
