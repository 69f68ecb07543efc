#include "storage/files/workflow_listing.hpp"

#include "storage/files/atomic_file.hpp"
#include "storage/files/file_failure.hpp"
#include "storage/files/workflow_file_name.hpp"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <memory>
#include <optional>
#include <thread>

namespace goflow::storage {
namespace {

using core::ErrorCode;
using core::Result;
using core::WorkflowSummary;

// Fewer files are read faster than remembered, and a small home stays free of it.
constexpr std::size_t least_indexed = 32;

/// The order of the list: by stem, and of two that differ in the ending alone the first counts.
bool is_before(std::string_view a, std::string_view b) {
  const std::string_view first = workflow_stem(a);
  const std::string_view second = workflow_stem(b);
  return first == second ? a < b : first < second;
}

struct File {
  std::string name;
  std::optional<FileStamp> stamp = std::nullopt;  // nullopt: a link that leads nowhere, or gone
  WorkflowSummary summary = {};
  bool is_known = false;  // from the index
  bool is_gone = false;
  bool was_read = true;  // false: there is nothing to remember
};

core::Timestamp modification_time(const FileStamp& stamp) {
  return core::Timestamp(std::chrono::microseconds(stamp.modified_ns / 1000));
}

using Folder = std::unique_ptr<DIR, int (*)(DIR*)>;

struct FileName {
  std::string name;
  std::size_t stem_size = 0;

  [[nodiscard]] std::string_view stem() const {
    return std::string_view(name).substr(0, stem_size);
  }
};

/// Of files that are meant to be workflows, in the order of the list.
Result<std::vector<FileName>> names_in(DIR* folder, const std::string& path) {
  std::vector<FileName> names;
  errno = 0;
  while (const dirent* entry = readdir(folder)) {
    const std::size_t stem_size = workflow_stem(entry->d_name).size();
    if (stem_size > 0) names.push_back({entry->d_name, stem_size});
    errno = 0;
  }
  if (errno != 0) return file_failure("cannot list", path, errno);
  std::sort(names.begin(), names.end(), [](const FileName& a, const FileName& b) {
    const int order = a.stem().compare(b.stem());
    return order == 0 ? a.name < b.name : order < 0;
  });
  const auto is_hidden = [](const FileName& a, const FileName& b) { return a.stem() == b.stem(); };
  names.erase(std::unique(names.begin(), names.end(), is_hidden), names.end());
  return names;
}

Result<std::vector<File>> look_around(const std::string& path) {
  std::vector<File> files;
  const Folder folder(opendir(path.c_str()), closedir);
  if (folder == nullptr && errno == ENOENT) return files;
  if (folder == nullptr) return file_failure("cannot list", path, errno);
  GOFLOW_TRY(std::vector<FileName> names, names_in(folder.get(), path));
  files.reserve(names.size());
  for (FileName& named : names) {
    struct stat status {};
    const bool is_there = fstatat(dirfd(folder.get()), named.name.c_str(), &status, 0) == 0;
    File& file = files.emplace_back(File{.name = std::move(named.name)});
    if (is_there) file.stamp = stamp_of(status);
  }
  return files;
}

/// Both are in the same order.
void recall(std::vector<File>& files, WorkflowIndex& index) {
  auto known = index.begin();
  for (File& file : files) {
    while (known != index.end() && is_before(known->name, file.name))
      ++known;
    if (known == index.end()) return;
    if (known->name != file.name || file.stamp != known->stamp) continue;
    file.summary = std::move(known->summary);
    file.is_known = true;
  }
}

void read(File& file, const std::string& folder, const FindVersion& find_version) {
  const std::string path = folder + "/" + file.name;
  file.summary.id = workflow_stem(file.name);
  if (file.stamp) file.summary.updated_at = modification_time(*file.stamp);
  if (!is_workflow_id(file.summary.id)) {
    file.summary.problem = "the name of the file is no id: ids are made of a-z, 0-9, '_' and '-'";
    return;
  }
  file.summary.version = find_version(file.summary.id, path);
  const auto text = read_file(path);
  if (text) {
    core::summarize(*text, file.summary);
    return;
  }
  file.was_read = false;
  file.is_gone = file.stamp && text.error().code == ErrorCode::not_found;
  file.summary.problem = text.error().message;
}

/// By all processors when there is much to do.
void read_all(const std::vector<File*>& files,
              const std::string& folder,
              const FindVersion& find_version) {
  constexpr std::size_t worth_a_thread = 64;
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < files.size(); i = next++) {
      read(*files[i], folder, find_version);
    }
  };
  const std::size_t threads =
      std::min<std::size_t>(std::thread::hardware_concurrency(), files.size() / worth_a_thread);
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < threads; ++i) {
    helpers.emplace_back(work);
  }
  work();
}

bool is_settled(const FileStamp& stamp, std::chrono::system_clock::time_point looked_at) {
  constexpr std::chrono::seconds coarsest_clock{2};
  const auto since_epoch = (looked_at - coarsest_clock).time_since_epoch();
  const auto newest = std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count();
  return std::max(stamp.modified_ns, stamp.changed_ns) < newest;
}

WorkflowIndex index_of(const std::vector<File>& files,
                       std::chrono::system_clock::time_point looked_at) {
  WorkflowIndex index;
  for (const File& file : files) {
    if (!file.stamp || !file.was_read || !is_settled(*file.stamp, looked_at)) continue;
    index.push_back({file.name, *file.stamp, file.summary});
  }
  return index;
}

}  // namespace

Result<std::vector<WorkflowSummary>> list_workflows(const std::string& folder,
                                                    const WorkflowIndexFile& index_file,
                                                    const FindVersion& find_version) {
  const auto looked_at = std::chrono::system_clock::now();
  GOFLOW_TRY(std::vector<File> files, look_around(folder));
  const bool has_index = files.size() >= least_indexed;
  std::size_t remembered = 0;
  if (has_index) {
    WorkflowIndex index = read_workflow_index(index_file);
    remembered = index.size();
    recall(files, index);
  }
  std::vector<File*> unknown;
  for (File& file : files) {
    if (!file.is_known) unknown.push_back(&file);
  }
  read_all(unknown, folder, find_version);

  const bool learnt = std::any_of(unknown.begin(), unknown.end(), [&](const File* file) {
    return file->stamp && file->was_read && is_settled(*file->stamp, looked_at);
  });
  const bool forgot = remembered > files.size() - unknown.size();
  if (has_index && (learnt || forgot)) write_workflow_index(index_file, index_of(files, looked_at));

  std::vector<WorkflowSummary> summaries;
  summaries.reserve(files.size());
  for (File& file : files) {
    if (!file.is_gone) summaries.push_back(std::move(file.summary));
  }
  return summaries;
}

}  // namespace goflow::storage
