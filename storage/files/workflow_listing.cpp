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

struct File {
  std::string name;
  std::size_t stem_size = 0;
  std::optional<FileStamp> stamp = std::nullopt;  // nullopt: a link that leads nowhere, or gone
  bool is_known = false;                          // from the index
  bool is_gone = false;
  bool was_read = true;  // false: there is nothing to remember

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

Result<std::vector<File>> look_around(const std::string& path) {
  const Folder folder(opendir(path.c_str()), closedir);
  if (folder == nullptr && errno == ENOENT) return std::vector<File>();
  if (folder == nullptr) return file_failure("cannot list", path, errno);
  GOFLOW_TRY(std::vector<File> files, files_in(folder.get(), path));
  constexpr std::size_t worth_a_thread = 512;
  for_each(files.size(), worth_a_thread, [&](std::size_t i) {
    struct stat status {};
    if (fstatat(dirfd(folder.get()), files[i].name.c_str(), &status, 0) == 0) {
      files[i].stamp = stamp_of(status);
    }
  });
  return files;
}

/// What is known of a file before it is read.
WorkflowSummary outline_of(const File& file) {
  return {.id = std::string(file.stem()),
          .updated_at = file.stamp ? modification_time(*file.stamp) : core::Timestamp()};
}

void read(File& file,
          WorkflowSummary& summary,
          const std::string& folder,
          const FindVersion& find_version) {
  const std::string path = folder + "/" + file.name;
  if (!is_workflow_id(summary.id)) {
    summary.problem = "the name of the file is no id: ids are made of a-z, 0-9, '_' and '-'";
    return;
  }
  summary.version = find_version(summary.id, path);
  const auto text = read_file(path);
  if (text) {
    core::summarize(*text, summary);
    return;
  }
  file.was_read = false;
  file.is_gone = file.stamp && text.error().code == ErrorCode::not_found;
  summary.problem = text.error().message;
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

}  // namespace

Result<std::vector<WorkflowSummary>> list_workflows(const std::string& folder,
                                                    const WorkflowIndexFile& index_file,
                                                    const FindVersion& find_version) {
  const auto looked_at = std::chrono::system_clock::now();
  GOFLOW_TRY(std::vector<File> files, look_around(folder));
  std::vector<WorkflowSummary> summaries(files.size());
  const bool has_index = files.size() >= least_indexed;
  WorkflowIndex index(has_index ? index_file : WorkflowIndexFile());
  std::vector<std::size_t> unknown;
  for (std::size_t i = 0; i < files.size(); ++i) {
    File& file = files[i];
    summaries[i] = outline_of(file);
    file.is_known = file.stamp && index.recall(file.name, *file.stamp, summaries[i]);
    if (!file.is_known) unknown.push_back(i);
  }
  constexpr std::size_t worth_a_thread = 64;
  for_each(unknown.size(), worth_a_thread, [&](std::size_t i) {
    read(files[unknown[i]], summaries[unknown[i]], folder, find_version);
  });

  const bool learnt = std::any_of(unknown.begin(), unknown.end(), [&](std::size_t i) {
    return is_worth_remembering(files[i], looked_at);
  });
  const bool forgot = index.size() > files.size() - unknown.size();
  if (has_index && (learnt || forgot)) {
    WorkflowIndexWriter writer;
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (!is_worth_remembering(files[i], looked_at)) continue;
      writer.add(files[i].name, *files[i].stamp, summaries[i]);
    }
    writer.write(index_file);
  }

  std::size_t present = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i].is_gone) continue;
    if (present != i) summaries[present] = std::move(summaries[i]);
    ++present;
  }
  summaries.resize(present);
  return summaries;
}

}  // namespace goflow::storage
