#include "engine/local/memory.hpp"

#include <algorithm>
#include <utility>

namespace goflow::engine {
namespace {

/// What the interpreter will say once more, when it finds that no attempt is left.
std::string without_retry_prefix(const std::string& message) {
  constexpr std::string_view prefix = "retry exhausted after ";
  const std::size_t colon = message.find(": ");
  if (message.compare(0, prefix.size(), prefix) != 0 || colon == std::string::npos) return message;
  return message.substr(colon + 2);
}

EffectOutcome failed(core::Failure failure) {
  EffectOutcome outcome;
  outcome.status = EffectOutcome::Status::failed;
  outcome.failure = std::move(failure);
  return outcome;
}

EffectOutcome outcome_of(const core::NodeExecution& node) {
  EffectOutcome outcome;
  if (node.status == core::NodeStatus::failed) {
    outcome = failed(node.error.value_or(core::Failure{}));
    outcome.failure->message = without_retry_prefix(outcome.failure->message);
  } else if (node.status == core::NodeStatus::completed) {
    outcome.value = node.outputs;
  } else {
    outcome.status = EffectOutcome::Status::cancelled;
  }
  outcome.warnings = node.warnings;
  return outcome;
}

/// The wait is the node's own work, not the delay before its next attempt.
bool is_own_wait(const core::NodeExecution& node) {
  return node.node_type == "wait";
}

}  // namespace

Memory::Memory(RunMemory memory) {
  for (core::NodeExecution& node : memory.nodes) {
    std::string path = node.path;
    paths_[std::move(path)].node = std::move(node);
  }
  for (core::NodeAttempt& attempt : memory.attempts) {
    Path& path = paths_[attempt.path];
    if (attempt.error && attempt.error->type == interrupted_type) {
      ++path.interruptions;
    } else {
      path.failed.push_back(std::move(attempt));
    }
  }
  for (auto& [name, path] : paths_) {
    std::sort(path.failed.begin(), path.failed.end(), [](const auto& a, const auto& b) {
      return a.attempt < b.attempt;
    });
  }
}

const Memory::Path* Memory::look_up(const std::string& path) const {
  const auto found = paths_.find(path);
  return found != paths_.end() ? &found->second : nullptr;
}

const core::NodeExecution* Memory::find(const std::string& path) const {
  const Path* known = look_up(path);
  return known != nullptr && known->node ? &*known->node : nullptr;
}

bool Memory::has_ended(const std::string& path) const {
  const core::NodeExecution* node = find(path);
  return node != nullptr && is_terminal(node->status);
}

bool Memory::has_failed(const std::string& path, int attempt) const {
  const Path* known = look_up(path);
  return known != nullptr && attempt <= static_cast<int>(known->failed.size());
}

int Memory::recorded_attempt(const std::string& path, int attempt) const {
  const Path* known = look_up(path);
  if (known == nullptr) return attempt;
  if (has_failed(path, attempt))
    return known->failed[static_cast<std::size_t>(attempt - 1)].attempt;
  return attempt + known->interruptions;
}

bool Memory::has_begun(const std::string& path, int attempt) const {
  const core::NodeExecution* node = find(path);
  if (node == nullptr) return false;
  if (is_terminal(node->status) || has_failed(path, attempt)) return true;
  const bool is_delayed = node->wait && !is_own_wait(*node);
  return node->attempt == recorded_attempt(path, attempt) && !is_delayed;
}

std::optional<Memory::Answer> Memory::answer(const Effect& effect) const {
  if (const auto* activity = std::get_if<ActivityEffect>(&effect)) {
    return answer_attempt(activity->path, activity->attempt);
  }
  if (const auto* sleep = std::get_if<SleepEffect>(&effect)) return answer_sleep(*sleep);
  return std::nullopt;
}

// Attempts that failed carry no number of change. They come first: nothing but the next attempt of
// their own node can depend on them.
std::optional<Memory::Answer> Memory::answer_attempt(const std::string& path, int attempt) const {
  if (has_failed(path, attempt)) {
    const core::NodeAttempt& last = look_up(path)->failed[static_cast<std::size_t>(attempt - 1)];
    return Answer{failed(last.error.value_or(core::Failure{})), 0};
  }
  if (!has_ended(path)) return std::nullopt;
  const core::NodeExecution* node = find(path);
  return Answer{outcome_of(*node), node->change_seq};
}

std::optional<Memory::Answer> Memory::answer_sleep(const SleepEffect& sleep) const {
  const core::NodeExecution* node = find(sleep.path);
  if (node == nullptr) return std::nullopt;
  if (is_own_wait(*node)) return answer_attempt(sleep.path, sleep.attempt);
  if (!has_begun(sleep.path, sleep.attempt)) return std::nullopt;
  return Answer{EffectOutcome{}, 0};
}

std::optional<core::Timestamp> Memory::due(const SleepEffect& sleep) const {
  const core::NodeExecution* node = find(sleep.path);
  if (node == nullptr || !node->wait || is_terminal(node->status)) return std::nullopt;
  if (node->attempt != recorded_attempt(sleep.path, sleep.attempt)) return std::nullopt;
  return node->wait->until;
}

void Memory::count_interruption(const std::string& path) {
  Path& known = paths_.at(path);
  ++known.interruptions;
  known.node.reset();
}

}  // namespace goflow::engine
