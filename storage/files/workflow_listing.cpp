#include "storage/files/workflow_listing.hpp"

#include "storage/files/file_failure.hpp"
#include "storage/files/file_reading.hpp"
#include "storage/files/processors.hpp"
#include "storage/files/worked_list.hpp"
#include "storage/files/workflow_file_name.hpp"

#include <dirent.h>
#include <endian.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
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
  std::optional<FileStamp> stamp = std::nullopt;    // nullopt: not looked at, or not to be seen
  std::unique_ptr<WorkflowSummary> read = nullptr;  // if it was
  bool is_gone = false;                             // while we looked
  bool is_unreadable = false;

  [[nodiscard]] std::string_view stem() const {
    return std::string_view(name).substr(0, stem_size);
  }
};

using Folder = std::unique_ptr<DIR, int (*)(DIR*)>;

/// Those that are meant to be workflows.
Result<std::vector<File*>> find_files(DIR* folder,
                                      const std::string& path,
                                      WorkedList<File>& files) {
  std::vector<File*> found;
  errno = 0;
  while (const dirent* entry = readdir(folder)) {
    const std::size_t stem_size = workflow_stem(entry->d_name).size();
    if (stem_size > 0) found.push_back(&files.add({entry->d_name, stem_size}));
    errno = 0;
  }
  if (errno != 0) return file_failure("cannot list", path, errno);
  return found;
}

/// By id, mostly told apart by one number. Of two with the same id one hides the other.
void put_in_order(std::vector<File*>& files) {
  struct Place {
    std::uint64_t beginning = 0;  // of the stem, its first byte in front
    File* file = nullptr;
  };
  std::vector<Place> places;
  places.reserve(files.size());
  for (File* file : files) {
    std::array<char, sizeof Place::beginning> beginning{};
    file->stem().copy(beginning.data(), beginning.size());
    places.push_back({be64toh(std::bit_cast<std::uint64_t>(beginning)), file});
  }
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    if (a.beginning != b.beginning) return a.beginning < b.beginning;
    const int order = a.file->stem().compare(b.file->stem());
    return order == 0 ? a.file->name < b.file->name : order < 0;
  });
  std::transform(
      places.begin(), places.end(), files.begin(), [](const Place& place) { return place.file; });
  const auto is_hidden = [](const File* a, const File* b) { return a->stem() == b->stem(); };
  files.erase(std::unique(files.begin(), files.end(), is_hidden), files.end());
}

void look_at(File& file, OpenFolder folder) {
  struct stat status {};
  if (fstatat(folder.descriptor, file.name.c_str(), &status, 0) == 0) file.stamp = stamp_of(status);
}

/// A link that leads nowhere is there.
bool is_there(OpenFolder folder, const std::string& name) {
  struct stat status {};
  return fstatat(folder.descriptor, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

void read_text(File& file, OpenFolder folder) {
  std::optional<struct stat> status;
  const auto text = read_file_in(folder, file.name, status);
  if (status) file.stamp = stamp_of(*status);
  if (text) return core::summarize(*text, *file.read);
  file.is_unreadable = true;
  file.is_gone = text.error().code == ErrorCode::not_found && !is_there(folder, file.name);
  file.read->problem = text.error().message;
}

void read(File& file, OpenFolder folder, const FindVersion& find_version) {
  file.read = std::make_unique<WorkflowSummary>();
  WorkflowSummary& summary = *file.read;
  summary.id = file.stem();
  if (is_workflow_id(summary.id)) {
    summary.version = find_version(summary.id, file.name);
    read_text(file, folder);
  } else {
    summary.problem = "the name of the file is no id: ids are made of a-z, 0-9, '_' and '-'";
  }
  if (!file.stamp) look_at(file, folder);
}

using Stamps = std::vector<std::optional<FileStamp>>;

/// What the index says of each; the stamps tell when that counts.
Stamps recall(const std::vector<File*>& files,
              std::vector<WorkflowSummary>& summaries,
              WorkflowIndex& index) {
  Stamps stamps;
  stamps.reserve(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    summaries[i].id = files[i]->stem();
    stamps.push_back(index.recall(files[i]->name, summaries[i]));
  }
  return stamps;
}

/// Those that were not read, and are not as the index knows them.
std::vector<File*> changed(const std::vector<File*>& files, const Stamps& known) {
  std::vector<File*> changed;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const bool is_known = known[i] && known[i] == files[i]->stamp;
    if (files[i]->read == nullptr && !is_known) changed.push_back(files[i]);
  }
  return changed;
}

void take_over_what_was_read(const std::vector<File*>& files,
                             std::vector<WorkflowSummary>& summaries) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i]->read != nullptr) summaries[i] = std::move(*files[i]->read);
  }
}

bool is_settled(const FileStamp& stamp, std::chrono::system_clock::time_point looked_at) {
  constexpr std::chrono::seconds coarsest_clock{2};
  const auto since_epoch = (looked_at - coarsest_clock).time_since_epoch();
  const auto newest = std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch).count();
  return std::max(stamp.modified_ns, stamp.changed_ns) < newest;
}

bool is_worth_remembering(const File& file, std::chrono::system_clock::time_point looked_at) {
  return file.stamp && !file.is_unreadable && is_settled(*file.stamp, looked_at);
}

/// Whether another index would say more, or less.
bool is_out_of_date(const WorkflowIndex& index,
                    const std::vector<File*>& files,
                    std::chrono::system_clock::time_point looked_at) {
  std::size_t known = 0;
  for (const File* file : files) {
    const bool learnt = file->read != nullptr && is_worth_remembering(*file, looked_at);
    if (learnt) return true;
    if (file->read == nullptr) ++known;
  }
  return known < index.size();
}

void remember(const std::vector<File*>& files,
              const std::vector<WorkflowSummary>& summaries,
              const WorkflowIndexFile& index_file,
              std::chrono::system_clock::time_point looked_at) {
  const auto add = [&](WorkflowIndexWriter& writer, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (!is_worth_remembering(*files[i], looked_at)) continue;
      writer.add(files[i]->name, *files[i]->stamp, summaries[i]);
    }
  };
  // What others have read comes slowly out of their caches: by two it comes in half the time.
  const std::size_t middle = files.size() / 2;
  WorkflowIndexWriter first(index_file);
  WorkflowIndexWriter second(index_file);
  {
    std::jthread helper([&] { add(second, middle, files.size()); });
    run_elsewhere(helper);
    add(first, 0, middle);
  }
  first.append(second);
  first.write();
}

/// With the time of each, and without those that went while we looked.
std::vector<WorkflowSummary> present(const std::vector<File*>& files,
                                     std::vector<WorkflowSummary> summaries) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const File& file = *files[i];
    if (file.is_gone) continue;
    if (file.stamp) summaries[i].updated_at = modification_time(*file.stamp);
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
  const bool may_be_known = access(index_file.path.c_str(), R_OK) == 0;
  WorkedList<File> found(
      [&](File& file) { may_be_known ? look_at(file, folder) : read(file, folder, find_version); });
  GOFLOW_TRY(std::vector<File*> files, find_files(directory.get(), path, found));
  // All that can be done while others look and read.
  put_in_order(files);
  WorkflowIndex index(index_file);
  std::vector<WorkflowSummary> summaries(files.size());
  const Stamps known = recall(files, summaries, index);
  found.finish();

  WorkedList<File*> unknown([&](File* file) { read(*file, folder, find_version); });
  for (File* file : changed(files, known)) {
    unknown.add(file);
  }
  unknown.finish();
  take_over_what_was_read(files, summaries);
  if (files.size() >= least_indexed && is_out_of_date(index, files, looked_at)) {
    remember(files, summaries, index_file, looked_at);
  }
  return present(files, std::move(summaries));
}

}  // namespace goflow::storage
