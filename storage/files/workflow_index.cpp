#include "storage/files/workflow_index.hpp"

#include "storage/files/atomic_file.hpp"

#include <concepts>
#include <cstring>
#include <string_view>

namespace goflow::storage {
namespace {

constexpr mode_t file_mode = 0600;

/// FNV-1a: finds a file that was cut off or damaged; nobody has a reason to forge one.
std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t sum = 0xcbf29ce484222325;
  for (const char byte : bytes) {
    sum = (sum ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  }
  return sum;
}

/// The numbers as they lie in memory: the file never leaves the machine, and the name of the
/// program is in front.
class Writer {
 public:
  template <std::integral T>
  void number(T value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(std::string_view value) {
    number(static_cast<std::uint32_t>(value.size()));
    bytes_ += value;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Gives zeros and empty texts once there is nothing left.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}

  template <std::integral T>
  T number() {
    T value{};
    const std::string_view bytes = take(sizeof value);
    if (!bytes.empty()) std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }
  std::string_view text() { return take(number<std::uint32_t>()); }
  [[nodiscard]] bool is_at_end() const { return left_.empty() && !ran_out_; }
  [[nodiscard]] bool ran_out() const { return ran_out_; }

 private:
  std::string_view take(std::size_t size) {
    ran_out_ = ran_out_ || size > left_.size();
    if (ran_out_) return {};
    const std::string_view taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
  }

  std::string_view left_;
  bool ran_out_ = false;
};

void write_entry(Writer& writer, const IndexEntry& entry) {
  const auto& [name, stamp, summary] = entry;
  writer.text(name);
  writer.number(stamp.device);
  writer.number(stamp.inode);
  writer.number(stamp.size);
  writer.number(stamp.modified_ns);
  writer.number(stamp.changed_ns);
  writer.text(summary.id);
  writer.number(summary.version);
  writer.number(static_cast<std::int64_t>(summary.updated_at.time_since_epoch().count()));
  writer.text(summary.name);
  writer.text(summary.description);
  writer.number(summary.nodes);
  writer.text(summary.problem);
}

IndexEntry read_entry(Reader& reader) {
  IndexEntry entry;
  auto& [name, stamp, summary] = entry;
  name = reader.text();
  stamp.device = reader.number<std::uint64_t>();
  stamp.inode = reader.number<std::uint64_t>();
  stamp.size = reader.number<std::uint64_t>();
  stamp.modified_ns = reader.number<std::int64_t>();
  stamp.changed_ns = reader.number<std::int64_t>();
  summary.id = reader.text();
  summary.version = reader.number<int>();
  summary.updated_at = core::Timestamp(std::chrono::microseconds(reader.number<std::int64_t>()));
  summary.name = reader.text();
  summary.description = reader.text();
  summary.nodes = reader.number<std::int64_t>();
  summary.problem = reader.text();
  return entry;
}

std::string heading(const WorkflowIndexFile& file) {
  return "goflow workflow index 1\n" + file.program + "\n";
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

WorkflowIndex read_workflow_index(const WorkflowIndexFile& file) {
  const auto bytes = read_file(file.path);
  const std::string head = heading(file);
  if (!bytes || !bytes->starts_with(head)) return {};
  Reader front(std::string_view(*bytes).substr(head.size()));
  const auto sum = front.number<std::uint64_t>();
  if (front.ran_out()) return {};
  const std::string_view body = std::string_view(*bytes).substr(head.size() + sizeof sum);
  if (checksum(body) != sum) return {};
  WorkflowIndex index;
  Reader reader(body);
  while (!reader.is_at_end() && !reader.ran_out()) {
    index.push_back(read_entry(reader));
  }
  return index;
}

void write_workflow_index(const WorkflowIndexFile& file, const WorkflowIndex& index) {
  Writer body;
  for (const IndexEntry& entry : index) {
    write_entry(body, entry);
  }
  Writer sum;
  sum.number(checksum(body.bytes()));
  // Not synced: what a crash of the machine leaves of it, the checksum tells.
  (void)replace_file(file.path, heading(file) + sum.bytes() + body.bytes(), file_mode);
}

}  // namespace goflow::storage
