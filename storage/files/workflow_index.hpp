// Remembers what the workflow files say, so that a long list need not read them all again.
#pragma once

#include "core/workflow/workflow_summary.hpp"

#include <sys/stat.h>

#include <cstdint>
#include <string>

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

  /// To be asked in the order of is_listed_before(). False: this file is not known, or has changed.
  bool recall(const std::string& file_name, const FileStamp& stamp, core::WorkflowSummary& summary);
  /// How many files it knows.
  [[nodiscard]] std::uint32_t size() const { return size_; }

 private:
  struct Entry;
  bool next(Entry& entry);

  std::string bytes_;
  std::string_view left_;  // of them, behind the entry that is looked at
  std::uint32_t size_ = 0;
};

/// Makes a new one.
class WorkflowIndexWriter {
 public:
  /// To be told in the order of is_listed_before().
  void add(const std::string& file_name,
           const FileStamp& stamp,
           const core::WorkflowSummary& summary);
  /// Does without where it cannot be written: it can always be made again.
  void write(const WorkflowIndexFile& file) const;

 private:
  std::string entries_;
  std::uint32_t size_ = 0;
};

}  // namespace goflow::storage
