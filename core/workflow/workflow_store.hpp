// Where saved workflows are kept.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/workflow/workflow_summary.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

/// The author's bytes, never rewritten.
struct StoredWorkflow {
  std::string id;
  std::string text;
  Timestamp updated_at;
};

/// One of the texts that an id has stood for.
struct WorkflowVersion {
  int number = 0;  // from 1 up, never given twice
  std::string text;
  Timestamp saved_at;
  bool is_current = false;  // false: it was replaced or removed since
};

/// Safe to use from several processes at once: a reader sees one whole version or none.
class WorkflowStore {
 public:
  virtual ~WorkflowStore() = default;
  /// Creates or replaces, whole or not at all, and durably. What is replaced becomes a version of
  /// the past.
  virtual Result<void> save(const std::string& id, const std::string& text) = 0;
  /// The same, but only while the text that is there is still the one that was seen (nullopt:
  /// there was none); otherwise failed_precondition.
  virtual Result<void> save_over(const std::optional<std::string>& seen,
                                 const std::string& id,
                                 const std::string& text) = 0;
  /// nullopt: there is none. An Error: the store could not answer.
  [[nodiscard]] virtual Result<std::optional<StoredWorkflow>> find(const std::string& id) const = 0;
  /// Ordered by id, as they are at this moment, those that cannot be run among them.
  [[nodiscard]] virtual Result<std::vector<WorkflowSummary>> list() const = 0;
  /// The ids alone, without reading the files.
  [[nodiscard]] virtual Result<std::vector<std::string>> ids() const = 0;
  /// False: there was none. Its text becomes a version of the past.
  virtual Result<bool> remove(const std::string& id) = 0;
  /// Those that are still kept, newest first, the current one among them; empty: there never was
  /// such a workflow.
  [[nodiscard]] virtual Result<std::vector<WorkflowVersion>> versions(
      const std::string& id) const = 0;
};

}  // namespace goflow::core
