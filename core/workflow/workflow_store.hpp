// Where saved workflows are kept.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"

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

/// Safe to use from several processes at once: a reader sees one whole version or none.
class WorkflowStore {
 public:
  virtual ~WorkflowStore() = default;
  /// Creates or replaces, whole or not at all, and durably.
  virtual Result<void> save(const std::string& id, const std::string& text) = 0;
  /// nullopt: there is none. An Error: the store could not answer.
  [[nodiscard]] virtual Result<std::optional<StoredWorkflow>> find(const std::string& id) const = 0;
  /// Ordered by id.
  [[nodiscard]] virtual Result<std::vector<StoredWorkflow>> list() const = 0;
  /// The ids alone, without reading the files.
  [[nodiscard]] virtual Result<std::vector<std::string>> ids() const = 0;
  /// False: there was none.
  virtual Result<bool> remove(const std::string& id) = 0;
};

}  // namespace goflow::core
