#include "storage/files/workflow_listing.hpp"

#include "storage/files/file_failure.hpp"
#include "storage/files/file_reading.hpp"
#include "storage/files/workflow_file_name.hpp"

#include <dirent.h>
#include <fcntl.h>
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

struct File {
  std::string name;
  std::size_t stem_size = 0;
  std::optional<FileStamp> stamp = std::nullopt;  // nullopt: not looked at, or not to be seen
  bool is_gone = false;                           // while we looked
  bool was_read = true;                           // false: there is nothing to remember

  [[nodiscard]] std::string_view stem() const {
    return std::string_view(name).substr(0, stem_size);
  }
};

core::Timestamp modification_time(const FileStamp& stamp) {
  return core::Timestamp(std::chrono::microseconds(stamp.modified_ns / 1000));
}

using Folder = std::unique_ptr<DIR, int (*)(DIR*)>;

/// Does something with each of `count` things, by all processors when there are many.
template <typename Work>
void for_each(std::size_t count, std::size_t worth_a_thread, const Work& work) {
  constexpr std::size_t at_once = 16;
  std::atomic<std::size_t> next = 0;
  const auto take_turns = [&] {
    for (std::size_t begin = next.fetch_add(at_once); begin < count;
         begin = next.fetch_add(at_once)) {
      for (std::size_t i = begin; i < std::min(begin + at_once, count); ++i) {
        work(i);
      }
    }
  };
  const std::size_t threads =
      std::min<std::size_t>(std::thread::hardware_concurrency(), count / worth_a_thread);
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < threads; ++i) {
    helpers.emplace_back(take_turns);
  }
  take_turns();
}

/// As is_listed_before() has it, without looking for the endings again, and mostly by one number.
void put_in_order(std::vector<File>& files) {
  struct Place {
    std::uint64_t beginning = 0;  // of the stem, its first byte in front
    std::size_t index = 0;
  };
  std::vector<Place> places(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string_view stem = files[i].stem();
    places[i].index = i;
    for (std::size_t at = 0; at < sizeof places[i].beginning; ++at) {
      const auto byte = at < stem.size() ? static_cast<unsigned char>(stem[at]) : 0U;
      places[i].beginning = places[i].beginning << 8U | byte;
    }
  }
  std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
    if (a.beginning != b.beginning) return a.beginning < b.beginning;
    const int order = files[a.index].stem().compare(files[b.index].stem());
    return order == 0 ? files[a.index].name < files[b.index].name : order < 0;
  });
  std::vector<File> sorted;
  sorted.reserve(files.size());
  for (const Place& place : places) {
    sorted.push_back(std::move(files[place.index]));
  }
  files = std::move(sorted);
}

/// Those that are meant to be workflows, in the order of the list.
Result<std::vector<File>> files_in(DIR* folder, const std::string& path) {
  std::vector<File> files;
  errno = 0;
  while (const dirent* entry = readdir(folder)) {
    const std::size_t stem_size = workflow_stem(entry->d_name).size();
    if (stem_size > 0) files.push_back({entry->d_name, stem_size});
    errno = 0;
  }
  if (errno != 0) return file_failure("cannot list", path, errno);
  put_in_order(files);
  const auto is_hidden = [](const File& a, const File& b) { return a.stem() == b.stem(); };
  files.erase(std::unique(files.begin(), files.end(), is_hidden), files.end());
  return files;
}

void look_at(File& file, int folder) {
  struct stat status {};
  if (fstatat(folder, file.name.c_str(), &status, 0) == 0) file.stamp = stamp_of(status);
}

/// A link that leads nowhere is there.
bool is_there(OpenFolder folder, const std::string& name) {
  struct stat status {};
  return fstatat(folder.descriptor, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

void read_text(File& file, WorkflowSummary& summary, OpenFolder folder) {
  std::optional<struct stat> status;
  const auto text = read_file_in(folder, file.name, status);
  if (status) file.stamp = stamp_of(*status);
  if (text) return core::summarize(*text, summary);
  file.was_read = false;
  file.is_gone = text.error().code == ErrorCode::not_found && !is_there(folder, file.name);
  summary.problem = text.error().message;
}

void read(File& file,
          WorkflowSummary& summary,
          OpenFolder folder,
          const FindVersion& find_version) {
  if (is_workflow_id(summary.id)) {
    summary.version = find_version(summary.id, file.name);
    read_text(file, summary, folder);
  } else {
    summary.problem = "the name of the file is no id: ids are made of a-z, 0-9, '_' and '-'";
  }
  if (!file.stamp) look_at(file, folder.descriptor);
}

/// Those that the index knows as they are; gives the others.
std::vector<std::size_t> recall(std::vector<File>& files,
                                std::vector<WorkflowSummary>& summaries,
                                WorkflowIndex& index,
                                int folder) {
  constexpr std::size_t worth_a_thread = 512;
  if (index.size() > 0) {
    for_each(files.size(), worth_a_thread, [&](std::size_t i) { look_at(files[i], folder); });
  }
  std::vector<std::size_t> unknown;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const File& file = files[i];
    summaries[i].id = file.stem();
    const bool is_known = file.stamp && index.recall(file.name, *file.stamp, summaries[i]);
    if (!is_known) unknown.push_back(i);
  }
  return unknown;
}

bool is_settled(const FileStamp& stamp, std::chrono::system_clock::time_point looked_at) {
  constexpr std::chrono::seconds coarsest_clock{2};
  const auto since_epoch = (looked_at - coarsest_clock).time_since_epoch();
  const auto newest = std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count();
  return std::max(stamp.modified_ns, stamp.changed_ns) < newest;
}

bool is_worth_remembering(const File& file, std::chrono::system_clock::time_point looked_at) {
  return file.stamp && file.was_read && is_settled(*file.stamp, looked_at);
}

void remember(const std::vector<File>& files,
              const std::vector<WorkflowSummary>& summaries,
              const WorkflowIndexFile& index_file,
              std::chrono::system_clock::time_point looked_at) {
  WorkflowIndexWriter writer;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!is_worth_remembering(files[i], looked_at)) continue;
    writer.add(files[i].name, *files[i].stamp, summaries[i]);
  }
  writer.write(index_file);
}

/// With the time of each, and without those that went while we looked.
std::vector<WorkflowSummary> present(const std::vector<File>& files,
                                     std::vector<WorkflowSummary> summaries) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i].is_gone) continue;
    if (files[i].stamp) summaries[i].updated_at = modification_time(*files[i].stamp);
    if (count != i) summaries[count] = std::move(summaries[i]);
    ++count;
  }
  summaries.resize(count);
  return summaries;
}

}  // namespace

Result<std::vector<WorkflowSummary>> list_workflows(const std::string& path,
                                                    const WorkflowIndexFile& index_file,
                                                    const FindVersion& find_version) {
  const auto looked_at = std::chrono::system_clock::now();
  const Folder directory(opendir(path.c_str()), closedir);
  if (directory == nullptr && errno == ENOENT) return std::vector<WorkflowSummary>();
  if (directory == nullptr) return file_failure("cannot list", path, errno);
  const OpenFolder folder{dirfd(directory.get()), path};
  GOFLOW_TRY(std::vector<File> files, files_in(directory.get(), path));

  std::vector<WorkflowSummary> summaries(files.size());
  const bool has_index = files.size() >= least_indexed;
  WorkflowIndex index(has_index ? index_file : WorkflowIndexFile());
  const auto unknown = recall(files, summaries, index, folder.descriptor);
  constexpr std::size_t worth_a_thread = 64;
  for_each(unknown.size(), worth_a_thread, [&](std::size_t i) {
    read(files[unknown[i]], summaries[unknown[i]], folder, find_version);
  });

  const bool learnt = std::any_of(unknown.begin(), unknown.end(), [&](std::size_t i) {
    return is_worth_remembering(files[i], looked_at);
  });
  const bool forgot = index.size() > files.size() - unknown.size();
  if (has_index && (learnt || forgot)) remember(files, summaries, index_file, looked_at);
  return present(files, std::move(summaries));
}

}  // namespace goflow::storage
