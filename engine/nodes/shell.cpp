#include "engine/nodes/shell.hpp"

#include "core/secret/stream_redactor.hpp"
#include "core/value/json.hpp"
#include "engine/loop/child_process.hpp"
#include "engine/nodes/environment.hpp"
#include "engine/nodes/scratch.hpp"
#include "engine/nodes/shell_input.hpp"
#include "engine/nodes/shell_value.hpp"

#include <optional>
#include <utility>

namespace goflow::engine {
namespace {

using core::Failure;
using core::Result;

constexpr std::size_t longest_output_file = 64UL * 1024 * 1024;

Failure not_started(const StartFailure& cause, const ShellInput& input) {
  Failure failure{"execution", cause.reason};
  failure.context.set("exit_code", cause.exit_code);
  if (cause.lack == StartFailure::Lack::directory && !input.cwd.empty()) {
    failure.message = "no directory '" + cause.sought + "', where 'cwd' leads";
  } else if (cause.lack == StartFailure::Lack::program && !cause.sought.empty()) {
    failure.context.set("hint", "looked for it in PATH: " + cause.sought);
  } else if (cause.lack == StartFailure::Lack::room) {
    failure.context.set("hint", "hand over what is large with 'stdin'");
  }
  return failure;
}

Failure could_not_begin(const core::Error& error) {
  return Failure{"execution", error.message};
}

EffectOutcome failed(Failure failure) {
  EffectOutcome outcome;
  outcome.status = EffectOutcome::Status::failed;
  outcome.failure = std::move(failure);
  return outcome;
}

class ShellActivity final : public Activity {
 public:
  ShellActivity(ShellInput input, ActivityServices& services, ActivityEvents events)
      : input_(std::move(input)),
        services_(services),
        events_(std::move(events)),
        masked_out_(services.redactor),
        masked_err_(services.redactor) {}

  Result<void, Failure> start(const ActivityEffect& effect) {
    if (const auto unfit = unfit_for_a_process(input_)) return data_failure(*unfit);
    auto command = make_command(effect);
    if (!command) return could_not_begin(command.error());
    ChildEvents events;
    events.on_output = [this](ChildStream stream, std::string_view text) { heard(stream, text); };
    events.on_end = [this](const ChildEnd& end) { ended(end); };
    auto child = ChildProcess::start(services_.loop, *std::move(command), std::move(events));
    if (!child) return not_started(child.error(), input_);
    child_ = *std::move(child);
    return {};
  }

  void cancel() override {
    is_cancelled_ = true;
    child_->terminate();
  }

  void kill() override {
    is_cancelled_ = true;
    child_->kill();
  }

  [[nodiscard]] std::optional<std::int64_t> process_group() const override {
    return child_->group();
  }

 private:
  Result<ChildCommand> make_command(const ActivityEffect& effect) {
    ChildCommand command;
    command.arguments = input_.command;
    if (input_.is_script()) {
      GOFLOW_TRY(std::string script, services_.scratch.script(input_.script));
      command.arguments = input_.shell;
      command.arguments.push_back(std::move(script));
    }
    command.directory = directory();
    GOFLOW_TRY(const auto input_file, services_.scratch.shared_text(input_.stdin_value));
    if (input_file) {
      command.input_file = *input_file;
    } else {
      command.input = core::to_text(input_.stdin_value);
    }
    GOFLOW_TRY(output_file_, services_.scratch.reserve());
    GOFLOW_TRY(command.environment, make_environment(effect));
    return command;
  }

  [[nodiscard]] std::string directory() const {
    if (input_.cwd.empty()) return services_.working_directory;
    if (input_.cwd.front() == '/') return input_.cwd;
    return services_.working_directory + "/" + input_.cwd;
  }

  Result<std::vector<std::string>> make_environment(const ActivityEffect& effect) {
    Environment environment(services_.environment);
    if (input_.is_script()) {
      GOFLOW_TRY(exported_,
                 export_variables(input_.variables, input_.script, environment, services_.scratch));
    }
    for (const auto& [name, value] : input_.environment) {
      if (value.is_null()) {
        environment.remove(name);
      } else {
        environment.set(name, core::to_text(value));
      }
    }
    environment.set("GOFLOW_EXECUTION_ID", services_.execution_id);
    environment.set("GOFLOW_WORKFLOW", services_.workflow_id);
    environment.set("GOFLOW_NODE", effect.node_id);
    environment.set("GOFLOW_ATTEMPT", std::to_string(effect.attempt));
    environment.set("GOFLOW_OUTPUT", output_file_->path());
    return environment.entries();
  }

  core::StreamRedactor& masked(ChildStream stream) {
    return stream == ChildStream::out ? masked_out_ : masked_err_;
  }

  void heard(ChildStream stream, std::string_view text) {
    if (services_.redactor.knows_any()) {
      keep(stream, masked(stream).redact(text));
    } else {
      keep(stream, text);
    }
  }

  void keep(ChildStream stream, std::string_view text) {
    if (text.empty()) return;
    const bool is_out = stream == ChildStream::out;
    if (!is_out) standard_error_.append(text);
    if (is_out && input_.parses_output()) output_.append(text);
    events_.on_output(is_out ? "stdout" : "stderr", text);
  }

  void ended(const ChildEnd& end) {
    for (const ChildStream stream : {ChildStream::out, ChildStream::err}) {
      keep(stream, masked(stream).finish());
    }
    const auto on_done = std::move(events_.on_done);
    on_done(outcome_of(end));  // may destroy this
  }

  EffectOutcome outcome_of(const ChildEnd& end) {
    auto failure = failure_of(end, standard_error_);
    if (is_cancelled_) {
      EffectOutcome outcome;
      outcome.status = EffectOutcome::Status::cancelled;
      outcome.failure = std::move(failure);
      return outcome;
    }
    if (failure) return failed(*std::move(failure));
    auto outputs = output_file_->take(longest_output_file);
    if (!outputs) {
      return failed(data_failure("cannot read $GOFLOW_OUTPUT: " + outputs.error().message));
    }
    if (*outputs) *outputs = services_.redactor.redact(**std::move(outputs));
    EffectOutcome outcome;
    outcome.warnings = std::move(exported_.warnings);
    auto value = shell_value(input_, output_, *outputs, outcome.warnings);
    if (!value) return failed(std::move(value).error());
    outcome.value = *std::move(value);
    outcome.output_is_value = input_.takes_text();
    return outcome;
  }

  ShellInput input_;
  ActivityServices& services_;
  ActivityEvents events_;
  std::unique_ptr<ScratchFile> output_file_;
  ExportedVariables exported_;
  core::StreamRedactor masked_out_;
  core::StreamRedactor masked_err_;
  KeptOutput output_;
  CapturedLog standard_error_;
  bool is_cancelled_ = false;
  std::unique_ptr<ChildProcess> child_;  // last: the first to go, its files after it
};

}  // namespace

Result<std::unique_ptr<Activity>, Failure> start_shell(const ActivityEffect& effect,
                                                       ActivityServices& services,
                                                       ActivityEvents events) {
  auto activity =
      std::make_unique<ShellActivity>(read_shell_input(effect.input), services, std::move(events));
  GOFLOW_TRY(activity->start(effect));
  return std::unique_ptr<Activity>(std::move(activity));
}

}  // namespace goflow::engine
