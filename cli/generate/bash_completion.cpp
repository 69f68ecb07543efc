#include "cli/command/text_layout.hpp"
#include "cli/generate/completions.hpp"
#include "cli/generate/declared_commands.hpp"
#include "cli/generate/shell_text.hpp"

namespace goflow::cli {
namespace {

constexpr std::string_view head =
    "# bash completion for goflow. Made from the commands' declarations: make generate\n"
    "# shellcheck shell=bash disable=SC2207,SC2034\n"
    "# The tables answer in _goflow_reply: a subshell for each word would be felt.\n";

/// The part that is the same whatever the commands are.
constexpr std::string_view engine = R"bash(
# Offers what `goflow __complete` or the shell itself knows for a value of this kind.
_goflow_offer() {
  local kind=${1%% *} words=${1#* } before='' IFS=$' \t\n'
  case $kind in
    words) COMPREPLY=($(compgen -W "$words" -- "$2")) ;;
    fields)
      [[ $2 == *,* ]] && before=${2%,*},
      compopt -o nospace
      COMPREPLY=($(compgen -P "$before" -W "$words" -- "${2##*,}"))
      ;;
    live)
      IFS=$'\n'
      COMPREPLY=($(compgen -W "$(goflow __complete "$words" "$2" 2>/dev/null | cut -f1)" -- "$2"))
      ;;
    file) compopt -o default ;;
    folder) compopt -o dirnames ;;
  esac
}

# For bash a word ends at `@` and `:`, for goflow it does not: nightly@3, @latest:nightly.
_goflow_join_words() {
  local rest=$COMP_LINE word gap i
  _goflow_words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    gap=${rest%%[![:space:]]*}
    rest=${rest#"$gap$word"}
    if [[ -z $gap && $i -gt 0 && ($word == [@:]* || ${_goflow_words[-1]} == *[@:]) ]]; then
      _goflow_words[-1]+=$word
    else
      _goflow_words+=("$word")
    fi
  done
}

_goflow() {
  local _goflow_words _goflow_reply
  COMPREPLY=()
  _goflow_join_words
  _goflow_complete "$((${#_goflow_words[@]} - 1))"
  _goflow_trim "${_goflow_words[-1]}"
}

# Bash has set the part of the word before the last `@` or behind the last `:` aside, and puts in
# the rest alone.
_goflow_trim() {
  local aside=${1%"${1##*[@:]}"}
  [[ -n $aside && $COMP_WORDBREAKS == *"${aside: -1}"* ]] || return
  COMPREPLY=("${COMPREPLY[@]#"${aside%@}"}")
}

# The words up to the last of them, at which the cursor is.
_goflow_complete() {
  local last=$1 current=${_goflow_words[$1]} previous=${_goflow_words[$1 - 1]}
  local command='' option='' attached='' ended='' place=1 i word
  for ((i = 1; i < last; i++)); do
    word=${_goflow_words[i]}
    if [[ $word == -- && -z $ended ]]; then
      ended=yes
    elif [[ $word == -* && -z $ended ]]; then
      _goflow_value "$command" "$word"
      if [[ ${_goflow_words[i + 1]} == = ]]; then
        ((i += 2))
      elif [[ -n $_goflow_reply && $_goflow_reply != fields* ]]; then
        ((i += 1))
      fi
    else
      _goflow_next "$command"
      if [[ -n $_goflow_reply ]]; then
        _goflow_enter "$command" "$word"
        command=$_goflow_reply
      else
        ((place += 1))
      fi
    fi
  done

  # `--option=value` arrives as three words.
  if [[ $current == = ]]; then
    option=$previous current='' attached=yes
  elif [[ $previous == = ]]; then
    option=${_goflow_words[last - 2]} attached=yes
  elif [[ $previous == -* && -z $ended ]]; then
    option=$previous
  fi
  if [[ -n $option ]]; then
    _goflow_value "$command" "$option"
    # `--json` takes its fields only behind a `=`.
    if [[ -n $_goflow_reply && (-n $attached || $_goflow_reply != fields*) ]]; then
      _goflow_offer "$_goflow_reply" "$current"
      return
    fi
  fi

  if [[ $current == -* && -z $ended ]]; then
    _goflow_options "$command"
  else
    _goflow_next "$command"
    if [[ -z $_goflow_reply ]]; then
      _goflow_place "$command" "$place"
      _goflow_offer "$_goflow_reply" "$current"
      return
    fi
  fi
  _goflow_offer "words $_goflow_reply" "$current"
}

complete -F _goflow goflow
)bash";

/// `pattern) _goflow_reply=answer ;;`
std::string answer(const std::string& pattern, const std::string& reply) {
  return "    " + pattern + ") _goflow_reply=" + shell_quoted(reply) + " ;;\n";
}

std::string table(const std::string& name,
                  const std::string& asked,
                  const std::string& answers,
                  const std::string& otherwise = "''") {
  return "\n" + name + "() {\n  case " + asked + " in\n" + answers +
         "    *) _goflow_reply=" + otherwise + " ;;\n  esac\n}\n";
}

std::string kind_of(const Binding& binding, CompletesWith live) {
  if (!binding.values.empty()) return "words " + joined(binding.values, " ");
  if (live == CompletesWith::nothing) return "any";
  if (live == CompletesWith::file || live == CompletesWith::folder) {
    return std::string(to_string(live));
  }
  return "live " + std::string(to_string(live));
}

std::string kind_of(const Command& command, const Option& option) {
  if (option.takes_value == TakesValue::yes) return kind_of(option.binding, option.live);
  return "fields " + joined(names_of(command.fields()), " ");
}

std::string next_words(const CommandTree& tree) {
  std::string answers = answer("''", joined(first_words(tree), " "));
  for (const Noun& noun : tree.nouns) {
    answers += answer(shell_quoted(noun.name), joined(tree.verbs_of(noun.name), " "));
  }
  return table("_goflow_next", "$1", answers);
}

std::string enter(const CommandTree& tree) {
  std::string answers;
  for (const Alias& alias : tree.aliases) {
    answers += answer(shell_quoted(" " + std::string(alias.name)), std::string(alias.target));
  }
  return table("_goflow_enter", "\"$1 $2\"", answers, "${1:+$1 }$2");
}

std::string options(const std::vector<Command>& commands, const Command& global) {
  const auto spelled = [](const Command& command) {
    std::vector<std::string> words;
    for (const Option& option : shown_options(command))
      words.push_back(option.name);
    return joined(words, " ");
  };
  const std::string everywhere = spelled(global);
  std::string answers;
  for (const Command& command : commands) {
    if (command.options().empty()) continue;
    answers += answer(shell_quoted(command.path()), spelled(command) + " " + everywhere);
  }
  return table("_goflow_options", "$1", answers, shell_quoted(everywhere));
}

/// The options of one command that take a value; `any_command` is for the global ones.
std::string values_of(const Command& command, bool any_command) {
  std::string answers;
  for (const Option& option : shown_options(command)) {
    if (option.takes_value == TakesValue::no) continue;
    std::vector<std::string> patterns;
    for (const std::string& spelling : option.spellings()) {
      patterns.push_back(any_command ? "*" + shell_quoted(" " + spelling)
                                     : shell_quoted(command.path() + " " + spelling));
    }
    answers += answer(joined(patterns, " | "), kind_of(command, option));
  }
  return answers;
}

std::string values(const std::vector<Command>& commands, const Command& global) {
  std::string answers;
  for (const Command& command : commands)
    answers += values_of(command, false);
  return table("_goflow_value", "\"$1 $2\"", answers + values_of(global, true));
}

std::string places(const std::vector<Command>& commands) {
  std::string answers;
  for (const Command& command : commands) {
    for (std::size_t i = 0; i < command.positionals().size(); ++i) {
      const Positional& positional = command.positionals()[i];
      const std::string place =
          shell_quoted(command.path() + " ") +
          (positional.binding.repeats ? "*" : shell_quoted(std::to_string(i + 1)));
      answers += answer(place, kind_of(positional.binding, positional.live));
    }
  }
  return table("_goflow_place", "\"$1 $2\"", answers);
}

}  // namespace

std::string bash_completion(const CommandTree& tree) {
  const std::vector<Command> commands = declared_commands(tree);
  const Command global = global_command();
  return std::string(head) + next_words(tree) + enter(tree) + options(commands, global) +
         values(commands, global) + places(commands) + std::string(engine);
}

}  // namespace goflow::cli
