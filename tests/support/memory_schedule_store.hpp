// A store of the states of schedules that forgets: for tests, and to show what the contract asks.
#pragma once

#include "core/schedule/schedule_store.hpp"

#include <algorithm>
#include <map>

namespace goflow::test {

class MemoryScheduleStore final : public core::ScheduleStore {
 public:
  core::Result<core::ScheduleState> find_or_begin(const std::string& workflow_id,
                                                  core::Timestamp now) override {
    return begun(workflow_id, now);
  }

  core::Result<std::vector<core::ScheduleState>> list() override {
    std::vector<core::ScheduleState> listed;
    for (const auto& [id, state] : states_) {
      listed.push_back(state);
    }
    return listed;
  }

  core::Result<void> advance(const std::string& workflow_id,
                             core::Timestamp until,
                             core::Timestamp /*now*/) override {
    core::ScheduleState& state = begun(workflow_id, until);
    state.looked_after_until = std::max(state.looked_after_until, until);
    return {};
  }

  core::Result<void> set_enabled(const std::string& workflow_id,
                                 bool enabled,
                                 core::Timestamp now) override {
    core::ScheduleState& state = begun(workflow_id, now);
    if (state.enabled != enabled) {
      state.looked_after_until = std::max(state.looked_after_until, now);
    }
    state.enabled = enabled;
    return {};
  }

 private:
  core::ScheduleState& begun(const std::string& workflow_id, core::Timestamp now) {
    return states_.try_emplace(workflow_id, core::ScheduleState{workflow_id, true, now})
        .first->second;
  }

  std::map<std::string, core::ScheduleState> states_;
};

}  // namespace goflow::test
