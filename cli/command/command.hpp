// A command, declared once: parser, help, man page and completions all come from here.
//
//   struct ListOptions { std::optional<std::string> workflow; int limit = 30; OutputChoice output;
//   };
//
//   void declare(Command& command, ListOptions& options) {
//     command.summary("list executions, newest first")
//         .example("goflow exec list nightly -n 5", "the last five of one workflow");
//     command.positional("[WORKFLOW]", options.workflow, "only its executions")
//         .completes(CompletesWith::workflow_id);
//     command.option("-n, --limit N", options.limit, "at most so many rows");
//     command.json(options.output, fields);
//   }
//
//   core::Result<void> run(const ListOptions& options, Context& context);
//
//   std::unique_ptr<Action> exec_list() { return make_action(declare, run); }
#pragma once

#include "cli/command/argument.hpp"
#include "cli/command/output_choice.hpp"

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::cli {

class Context;

struct Example {
  std::string line;
  std::string shows;
};

struct ExitMeaning {
  int code;
  std::string meaning;
};

std::vector<std::string> names_of(std::span<const Field> fields);

class Command {
 public:
  /// `path` is the command's own name ("exec run"), `called_as` how it was addressed ("run").
  Command(std::string path, std::string called_as);

  // What it is.
  Command& summary(std::string text);
  Command& describe(std::string text);
  Command& example(std::string line, std::string shows);
  Command& exit_code(int code, std::string meaning);
  /// What is too much on its line may be a secret: no error repeats it. `hint`: what to do instead.
  Command& keep_words_private(std::string hint);
  /// Heads the options that follow.
  Command& group(std::string title);

  // What it takes; a default is shown in the help by itself.
  template <class T>
  Positional& positional(std::string_view spec, T& target, std::string help) {
    return positionals_.emplace_back(make_positional(spec, bind(target), std::move(help)));
  }
  template <class T, class E>
  Positional& positional(std::string_view spec,
                         T& target,
                         const Choices<E>& choices,
                         std::string help) {
    return positionals_.emplace_back(make_positional(spec, bind(target, choices), std::move(help)));
  }
  template <class T>
  Option& option(std::string_view spec, T& target, std::string help) {
    return add(make_option(spec, bind(target), std::move(help)));
  }
  template <class T, class E>
  Option& option(std::string_view spec, T& target, const Choices<E>& choices, std::string help) {
    return add(make_option(spec, bind(target, choices), std::move(help)));
  }
  Option& flag(std::string_view spec, bool& target, std::string help);

  /// `--json[=FIELDS]`; `fields` must outlive the command. An unknown field is a usage error.
  Option& json(OutputChoice& choice, std::span<const Field> fields);
  /// `--output text|json|yaml`
  Option& output_format(OutputChoice& choice);

  // For those who read the declaration.
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const std::string& called_as() const { return called_as_; }
  [[nodiscard]] const std::string& summary() const { return summary_; }
  [[nodiscard]] const std::string& description() const { return description_; }
  [[nodiscard]] const std::vector<Example>& examples() const { return examples_; }
  [[nodiscard]] const std::vector<ExitMeaning>& exit_codes() const { return exit_codes_; }
  [[nodiscard]] const std::deque<Positional>& positionals() const { return positionals_; }
  /// Empty: its words may be repeated.
  [[nodiscard]] const std::string& private_words_hint() const { return private_words_hint_; }
  [[nodiscard]] const std::deque<Option>& options() const { return options_; }
  [[nodiscard]] std::span<const Field> fields() const { return fields_; }

 private:
  Option& add(Option option);

  std::string path_;
  std::string called_as_;
  std::string summary_;
  std::string description_;
  std::vector<Example> examples_;
  std::vector<ExitMeaning> exit_codes_;
  std::string private_words_hint_;
  std::string group_;
  // Deques: `completes` and the like are called on references while more are added.
  std::deque<Positional> positionals_;
  std::deque<Option> options_;
  std::span<const Field> fields_;
};

/// A command together with the options it fills, ready to be run.
class Action {
 public:
  virtual ~Action() = default;
  virtual void declare(Command& command) = 0;
  [[nodiscard]] virtual core::Result<void> run(Context& context) const = 0;
};

/// The type of the function by which a command is known: `MakeAction exec_list;` declares one.
using MakeAction = std::unique_ptr<Action>();

template <class Options>
class ActionOf final : public Action {
 public:
  using Declare = void (*)(Command&, Options&);
  using Run = core::Result<void> (*)(const Options&, Context&);

  ActionOf(Declare declarer, Run runner) : declare_(declarer), run_(runner) {}

  void declare(Command& command) override { declare_(command, options_); }
  [[nodiscard]] core::Result<void> run(Context& context) const override {
    return run_(options_, context);
  }

 private:
  Declare declare_;
  Run run_;
  Options options_ = {};
};

template <class Options>
std::unique_ptr<Action> make_action(void (*declare)(Command&, Options&),
                                    core::Result<void> (*run)(const Options&, Context&)) {
  return std::make_unique<ActionOf<Options>>(declare, run);
}

}  // namespace goflow::cli
