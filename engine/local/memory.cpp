#include "engine/local/memory.hpp"

#include "engine/interpreter/retry.hpp"

#include <algorithm>
#include <utility>

namespace goflow::engine {
namespace {

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
    // The interpreter will say it once more, when it finds that no attempt is left.
    outcome.failure->message = without_exhaustion(outcome.failure->message);
  } else if (node.status == core::NodeStatus::completed) {
    outcome.value = node.outputs;
  } else if (node.status == core::NodeStatus::skipped) {
    outcome.status = EffectOutcome::Status::skipped;
  } else {
    outcome.status = EffectOutcome::Status::cancelled;
  }
  outcome.warnings = node.warnings;
  return outcome;
}

// Of what happened at a change, and of what happened after it and before the next one.
constexpr std::int64_t order_at(std::int64_t change_seq) {
  return 2 * change_seq;
}
constexpr std::int64_t order_after(std::int64_t change_seq) {
  return order_at(change_seq) + 1;
}

/// The wait is the node's own work, not the delay before its next attempt.
bool is_own_wait(const core::NodeExecution& node) {
  return node.node_type == "wait" || node.node_type == "signal";
}

}  // namespace

Memory::Memory(RunMemory memory) {
  for (core::NodeExecution& node : memory.nodes) {
    remember_scopes_of(node);
    std::string path = node.path;
    paths_[std::move(path)].node = std::move(node);
  }
  std::sort(memory.attempts.begin(), memory.attempts.end(), [](const auto& a, const auto& b) {
    return a.attempt < b.attempt;
  });
  for (core::NodeAttempt& attempt : memory.attempts) {
    add(std::move(attempt));
  }
}

void Memory::remember_scopes_of(const core::NodeExecution& node) {
  for (std::size_t end = node.path.find('/'); end != std::string::npos;
       end = node.path.find('/', end + 1)) {
    const auto [scope, is_new] = scopes_.try_emplace(node.path.substr(0, end), node.change_seq);
    if (!is_new) scope->second = std::min(scope->second, node.change_seq);
  }
}

void Memory::add(core::NodeAttempt attempt) {
  Path& path = paths_[attempt.path];
  if (attempt.before_retry) {
    ++path.interruptions;
    return;
  }
  if (path.starts.size() == path.failed.size()) path.starts.push_back(attempt.started_at);
  if (attempt.error && attempt.error->type == interrupted_type) {
    ++path.interruptions;
  } else {
    path.failed.push_back(std::move(attempt));
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
  if (node->status == core::NodeStatus::pending) return false;
  const bool is_delayed = node->wait && !is_own_wait(*node);
  return node->attempt == recorded_attempt(path, attempt) && !is_delayed;
}

bool Memory::has_something_in(const std::string& path) const {
  return scopes_.contains(path);
}

std::optional<Memory::Answer> Memory::answer(const Effect& effect) const {
  if (const auto* activity = std::get_if<ActivityEffect>(&effect)) {
    return answer_attempt(activity->path, activity->attempt);
  }
  if (const auto* sleep = std::get_if<SleepEffect>(&effect)) return answer_sleep(*sleep);
  if (const auto* child = std::get_if<ChildEffect>(&effect)) {
    return answer_attempt(child->path, child->attempt);
  }
  if (const auto* yield = std::get_if<YieldEffect>(&effect)) return answer_yield(*yield);
  return answer_attempt(std::get<SignalEffect>(effect).path, 1);
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
  return Answer{outcome_of(*node), order_at(node->change_seq)};
}

std::optional<EffectOutcome> Memory::computed(const std::string& path, int attempt) const {
  auto answer = answer_attempt(path, attempt);
  const bool is_known = answer && (answer->outcome.status == EffectOutcome::Status::completed ||
                                   answer->outcome.status == EffectOutcome::Status::failed);
  return is_known ? std::optional(std::move(answer->outcome)) : std::nullopt;
}

std::optional<core::Timestamp> Memory::start_of(const std::string& path, int attempt) const {
  if (!has_begun(path, attempt)) return std::nullopt;
  const Path& known = *look_up(path);
  const auto place = static_cast<std::size_t>(attempt - 1);
  return place < known.starts.size() ? known.starts[place] : known.node->started_at;
}

std::optional<Memory::Answer> Memory::answer_sleep(const SleepEffect& sleep) const {
  if (sleep.limited) return answer_time_limit(sleep);
  const core::NodeExecution* node = find(sleep.path);
  if (node == nullptr) return std::nullopt;
  if (is_own_wait(*node)) return answer_attempt(sleep.path, sleep.attempt);
  if (!has_begun(sleep.path, sleep.attempt)) return std::nullopt;
  return Answer{EffectOutcome{}, 0};
}

// A limit that was reached comes before all that it ended.
std::optional<Memory::Answer> Memory::answer_time_limit(const SleepEffect& limit) const {
  const std::string& path = *limit.limited;
  const auto ended = answer_attempt(path, limit.attempt);
  if (!ended || !ended->outcome.failure) return std::nullopt;
  const core::Failure& failure = *ended->outcome.failure;
  if (failure.type != "timeout" || failure.path != path) return std::nullopt;
  const std::string inner_path = limit.path.substr(0, limit.path.rfind('#'));
  const auto first_cancelled = look_into(inner_path).first_cancelled;
  return Answer{EffectOutcome{},
                first_cancelled ? order_at(*first_cancelled) : place_of_end(*ended, inner_path)};
}

// An earlier attempt has no number of change of its own: it came after all that is inside. Looked
// for only then, since it takes a look at everything.
std::int64_t Memory::place_of_end(const Answer& ended, const std::string& inner_path) const {
  return ended.order > 0 ? ended.order : order_after(look_into(inner_path).last);
}

Memory::Inside Memory::look_into(const std::string& inner_path) const {
  Inside inside;
  for (const auto& [path, known] : paths_) {
    const bool is_inside = path.starts_with(inner_path) && path.size() > inner_path.size() &&
                           (path[inner_path.size()] == '/' || path[inner_path.size()] == '[');
    if (!is_inside || !known.node) continue;
    const std::int64_t seq = known.node->change_seq;
    inside.last = std::max(inside.last, seq);
    if (known.node->status != core::NodeStatus::cancelled) continue;
    inside.first_cancelled = std::min(inside.first_cancelled.value_or(seq), seq);
  }
  return inside;
}

// What came after it, or the end of its container if nothing did.
std::optional<Memory::Answer> Memory::answer_yield(const YieldEffect& yield) const {
  const auto next = scopes_.find(yield.path);
  if (next != scopes_.end()) return Answer{EffectOutcome{}, order_at(next->second)};
  auto ended = answer_attempt(yield.container, yield.attempt);
  if (!ended) return std::nullopt;
  EffectOutcome outcome;
  if (ended->outcome.status == EffectOutcome::Status::cancelled)
    outcome.status = ended->outcome.status;
  const std::string inner_path = yield.path.substr(0, yield.path.rfind('['));
  return Answer{std::move(outcome), place_of_end(*ended, inner_path)};
}

std::optional<core::WaitRecord> Memory::wait(const std::string& path, int attempt) const {
  const core::NodeExecution* node = find(path);
  if (node == nullptr || is_terminal(node->status)) return std::nullopt;
  if (node->attempt != recorded_attempt(path, attempt)) return std::nullopt;
  return node->wait;
}

void Memory::count_interruption(const std::string& path) {
  Path& known = paths_.at(path);
  ++known.interruptions;
  known.node.reset();
}

}  // namespace goflow::engine
