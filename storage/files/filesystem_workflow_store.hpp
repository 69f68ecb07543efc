// Saved workflows as files of their authors: <folder>/<id>.yaml.
#pragma once

#include "core/workflow/workflow_store.hpp"
#include "storage/files/version_folder.hpp"
#include "storage/files/workflow_index.hpp"

#include <functional>
#include <string>

namespace goflow::storage {

struct WorkflowFolders {
  std::string workflows;  // <home>/workflows
  std::string versions;   // <home>/versions, with a folder for each workflow
};

/// How many versions of the past are kept of each workflow; asked when one is about to be replaced.
using VersionBound = std::function<core::Result<int>()>;

/// An author may put files there by hand, `.yaml` or `.yml`; the name of the file is the id.
///
/// 1. A reader takes no lock: every file is replaced whole, by a rename.
/// 2. A writer locks the folder of the workflows, so that it replaces the very text that it has
///    looked at and kept; the lock goes with its process.
/// 3. First the old file gets a second name among the versions, then the new one takes its place:
///    who is killed in between has lost nothing.
class FilesystemWorkflowStore final : public core::WorkflowStore {
 public:
  /// The folders are made, private to the user, when something is saved.
  FilesystemWorkflowStore(WorkflowFolders folders, VersionBound bound, WorkflowIndexFile index)
      : folders_(std::move(folders)), bound_(std::move(bound)), index_(std::move(index)) {}

  core::Result<void> save(const std::string& id, const std::string& text) override;
  core::Result<void> save_over(const std::optional<std::string>& seen,
                               const std::string& id,
                               const std::string& text) override;
  core::Result<std::optional<core::StoredWorkflow>> find(const std::string& id) const override;
  core::Result<std::vector<core::WorkflowSummary>> list() const override;
  core::Result<std::vector<std::string>> ids() const override;
  core::Result<bool> remove(const std::string& id) override;
  core::Result<std::vector<core::WorkflowVersion>> versions(const std::string& id) const override;

 private:
  /// Where the workflow lies, or would lie.
  [[nodiscard]] std::string path_of(const std::string& id) const;
  /// Keeps what lies there, if anything does.
  /// Before it is replaced or removed; versions_of(id).sync() makes it durable.
  core::Result<void> keep(const std::string& id, const std::string& path);
  core::Result<void> replace(const std::string& id, const std::string& text);
  [[nodiscard]] VersionFolder versions_of(const std::string& id) const;

  WorkflowFolders folders_;
  VersionBound bound_;
  WorkflowIndexFile index_;
};

}  // namespace goflow::storage
