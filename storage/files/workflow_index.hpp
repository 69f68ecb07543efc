// Remembers what the workflow files say, so that a long list need not read them all again.
#pragma once

#include "core/workflow/workflow_summary.hpp"

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::storage {

/// Another one whenever a file was written, replaced or touched. The time of the last change of
/// status is part of it: unlike that of the content nobody can set it back.
struct FileStamp {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

FileStamp stamp_of(const struct stat& status);
core::Timestamp modification_time(const FileStamp& stamp);

struct WorkflowIndexFile {
  std::string path;
  std::string program;  // which goflow it is; what another one found wrong does not count
};

/// Read where it lies, entry by entry: a long index costs little more than its bytes.
class WorkflowIndex {
 public:
  /// Empty when there is none, or none that this program wrote whole.
  explicit WorkflowIndex(const WorkflowIndexFile& file);
  WorkflowIndex(const WorkflowIndex&) = delete;
  WorkflowIndex& operator=(const WorkflowIndex&) = delete;

  /// To be asked in the order of is_listed_before(). What it says counts for a file that still has
  /// the stamp which is given; nullopt: it says nothing.
  std::optional<FileStamp> recall(const std::string& file_name, core::WorkflowSummary& summary);
  /// How many files it knows.
  [[nodiscard]] std::uint32_t size() const { return size_; }

 private:
  std::string bytes_;
  std::string_view left_;  // of them, behind the entry that is looked at
  std::uint32_t size_ = 0;
};

/// Makes a new one.
class WorkflowIndexWriter {
 public:
  explicit WorkflowIndexWriter(const WorkflowIndexFile& file);

  /// To be told in the order of is_listed_before().
  void add(const std::string& file_name,
           const FileStamp& stamp,
           const core::WorkflowSummary& summary);
  /// What another writer was told, which comes after all that this one was.
  void append(const WorkflowIndexWriter& other);
  /// Does without where it cannot be written: it can always be made again.
  void write();

 private:
  const WorkflowIndexFile& file_;
  std::string bytes_;
  std::size_t body_ = 0;     // where in the bytes it begins, with the number of entries
  std::size_t entries_ = 0;  // where they begin
  std::uint32_t count_ = 0;
  std::string entry_;  // the last one
};

}  // namespace goflow::storage
