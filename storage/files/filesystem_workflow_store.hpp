// Saved workflows as files of their authors: <folder>/<id>.yaml.
#pragma once

#include "core/workflow/workflow_store.hpp"

#include <string>

namespace goflow::storage {

/// An author may put files there by hand, `.yaml` or `.yml`; the name of the file is the id.
class FilesystemWorkflowStore final : public core::WorkflowStore {
 public:
  /// `folder` is `<home>/workflows`; it is made, private to the user, when something is saved.
  explicit FilesystemWorkflowStore(std::string folder) : folder_(std::move(folder)) {}

  core::Result<void> save(const std::string& id, const std::string& text) override;
  core::Result<std::optional<core::StoredWorkflow>> find(const std::string& id) const override;
  core::Result<std::vector<core::StoredWorkflow>> list() const override;
  core::Result<std::vector<std::string>> ids() const override;
  core::Result<bool> remove(const std::string& id) override;

 private:
  /// Where the workflow lies, or would lie.
  [[nodiscard]] std::string path_of(const std::string& id) const;

  std::string folder_;
};

}  // namespace goflow::storage
