// Runs workflows in this process, with their history in memory, and listens to how they go.
#pragma once

#include "core/workflow/reader.hpp"
#include "engine/local/local_run.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/memory_execution_store.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::test {

/// What happened, in its order: "recorded step running", "heard step started", "output step: hi".
using Events = std::vector<std::string>;

/// Passes everything on to a real journal until it is told to fail.
class ListeningJournal final : public core::RunJournal {
 public:
  ListeningJournal(core::RunJournal& journal, Events& events, int commits)
      : journal_(journal), events_(events), commits_left_(commits) {}

  core::Result<void> commit(core::JournalBatch& batch) override {
    if (commits_left_-- == 0) return core::Error{core::ErrorCode::unavailable, "disk full"};
    GOFLOW_TRY(journal_.commit(batch));
    for (const core::NodeExecution& node : batch.nodes) {
      if (node.process) continue;
      events_.push_back("recorded " + node.path + " " + std::string(to_string(node.status)));
    }
    if (batch.execution) {
      events_.push_back("recorded run " + std::string(to_string(batch.execution->status)));
    }
    return {};
  }
  core::Result<std::optional<core::CancelRequest>> heartbeat(core::Timestamp now) override {
    return journal_.heartbeat(now);
  }
  core::Result<std::optional<core::Signal>> take_signal(const std::string& path,
                                                        const std::string& name,
                                                        const std::optional<core::Timestamp>& until,
                                                        core::Timestamp now) override {
    return journal_.take_signal(path, name, until, now);
  }
  core::Result<void> release() override { return journal_.release(); }

 private:
  core::RunJournal& journal_;
  Events& events_;
  int commits_left_;
};

class ListeningObserver final : public engine::RunObserver {
 public:
  explicit ListeningObserver(Events& events) : events_(events) {}

  std::function<void()> when_output;  // called once
  std::function<void()> when_ticked;

  void on_note(const engine::Note& note, core::Timestamp) override {
    if (const auto* started = std::get_if<engine::NodeStarted>(&note)) {
      events_.push_back("heard " + started->path + " started");
    } else if (const auto* finished = std::get_if<engine::NodeFinished>(&note)) {
      events_.push_back("heard " + finished->path + " " + std::string(to_string(finished->status)));
    }
  }
  void on_status(core::ExecutionStatus status, core::Timestamp) override {
    events_.push_back("heard run " + std::string(to_string(status)));
  }
  void on_output(const std::string& path, std::string_view, std::string_view text) override {
    events_.push_back("output " + path + ": " + std::string(text));
    if (const auto callback = std::exchange(when_output, nullptr)) callback();
  }
  void on_finished(const engine::RunResult& result, core::Timestamp) override {
    events_.push_back("heard run " + std::string(to_string(result.status)));
  }
  [[nodiscard]] std::optional<std::chrono::milliseconds> tick_interval() const override {
    if (!when_ticked) return std::nullopt;
    return std::chrono::milliseconds{1};
  }
  void on_tick(core::Timestamp) override { when_ticked(); }

 private:
  Events& events_;
};

/// Stored workflows, in memory.
class MemorySurroundings final : public core::Surroundings {
 public:
  [[nodiscard]] std::optional<std::string> workflow(const std::string& id) const override {
    const auto found = texts.find(id);
    return found == texts.end() ? std::nullopt : std::optional(found->second);
  }
  [[nodiscard]] std::vector<std::string> workflow_ids() const override { return {}; }
  [[nodiscard]] std::vector<std::string> server_ids() const override { return {}; }

  std::map<std::string, std::string> texts;  // by id
};

class RunBench {
 public:
  explicit RunBench(const std::string& yaml) {
    auto reading = core::read_workflow(yaml);
    REQUIRE(reading.workflow.has_value());
    workflow = *std::move(reading.workflow);
    core::Execution execution = an_execution(id);
    execution.working_directory = dir.path();
    REQUIRE(store.create(execution, yaml).ok());
  }

  /// Begins the run, or goes on with it; after so many commits the journal fails.
  core::Result<engine::RunResult> run(int commits = -1, const core::Clock* other_clock = nullptr) {
    engine::LocalRunRequest request;
    request.workflow = &workflow;
    request.execution = record();
    request.memory.nodes = *store.nodes(id);
    request.memory.attempts = *store.attempts(id);
    request.decisions = decisions;
    const auto owned = own(store, id);
    ListeningJournal journal(*owned, events, commits);
    request.journal = &journal;
    request.scratch_directory = scratch();
    request.spool_folder = scratch() + ".spool";
    request.environment = environment;
    request.store = &store;
    request.surroundings = &stored;
    request.secrets = secrets;
    return engine::run_locally(request, other_clock != nullptr ? *other_clock : clock, observer);
  }

  core::Execution record() { return **store.find(id); }
  std::vector<core::NodeExecution> nodes() { return *store.nodes(id); }
  core::NodeExecution node(const std::string& path) {
    for (const core::NodeExecution& candidate : nodes()) {
      if (candidate.path == path) return candidate;
    }
    return {};
  }
  std::string log(const std::string& stream) {
    const auto logs = *store.logs(id);
    const auto found = std::find_if(
        logs.begin(), logs.end(), [&](const core::NodeLog& log) { return log.stream == stream; });
    return found != logs.end() ? found->content : std::string();
  }
  [[nodiscard]] std::string scratch() const { return dir.path() + "/scratch"; }
  /// What the scripts wrote to the file `trace` in their directory.
  [[nodiscard]] std::string trace() const { return file("trace"); }
  [[nodiscard]] std::string file(const std::string& name) const {
    std::ifstream file(dir.path() + "/" + name);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }

  const std::string id = "wex-1";
  TempDir dir;
  MemoryExecutionStore store;
  core::SystemClock clock;
  core::Workflow workflow;
  MemorySurroundings stored;
  core::RunSecrets* secrets = nullptr;
  engine::InterruptionDecisions decisions;
  std::vector<std::string> environment = {"PATH=/usr/bin:/bin"};
  Events events;
  ListeningObserver observer{events};
};

}  // namespace goflow::test
