// Remembers what the workflow files say, so that a long list need not read them all again.
#pragma once

#include "core/workflow/workflow_summary.hpp"

#include <sys/stat.h>

#include <cstdint>
#include <string>
#include <vector>

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

struct IndexEntry {
  std::string name;  // of the file
  FileStamp stamp;
  core::WorkflowSummary summary;
};

/// In the order of the list.
using WorkflowIndex = std::vector<IndexEntry>;

struct WorkflowIndexFile {
  std::string path;
  std::string program;  // which goflow it is; what another one found wrong does not count
};

/// Empty when there is none, or none that this program wrote whole.
WorkflowIndex read_workflow_index(const WorkflowIndexFile& file);

/// Does without where it cannot be written: it can always be made again.
void write_workflow_index(const WorkflowIndexFile& file, const WorkflowIndex& index);

}  // namespace goflow::storage
