// Instances in memory, with the same rules as on disk.
#pragma once

#include "core/execution/execution_store.hpp"
#include "core/instance/instance_store.hpp"

#include <map>
#include <string>

namespace goflow::test {

/// For one thread. `executions` says which instances are in use.
class MemoryInstanceStore final : public core::InstanceStore {
 public:
  explicit MemoryInstanceStore(core::ExecutionStore& executions) : executions_(executions) {}

  core::Result<void> create(const core::Instance& instance) override;
  core::Result<std::optional<core::Instance>> find(const std::string& id_or_slug) override;
  core::Result<std::vector<core::Instance>> list(
      const std::optional<std::string>& workflow_id) override;
  core::Result<core::Instance> update(
      const std::string& id,
      const std::function<core::Result<void>(core::Instance&)>& change) override;
  core::Result<void> remove(const std::string& id) override;
  core::Result<std::optional<std::string>> default_of(const std::string& workflow_id) override;
  core::Result<void> set_default(const std::string& workflow_id,
                                 const std::string& instance_id,
                                 core::Timestamp now) override;

 private:
  core::ExecutionStore& executions_;
  std::map<std::string, core::Instance> instances_;  // by id
  std::map<std::string, std::string> defaults_;      // by workflow
};

}  // namespace goflow::test
