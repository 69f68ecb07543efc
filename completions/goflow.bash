# bash completion for goflow. Made from the commands' declarations: make generate
# shellcheck shell=bash disable=SC2207,SC2034
# The tables answer in _goflow_reply: a subshell for each word would be felt.

_goflow_next() {
  case $1 in
    '') _goflow_reply='workflow exec config init run validate list edit export import executions execution doctor completion version help' ;;
    'workflow') _goflow_reply='save list show delete edit validate export import history restore diff graph new schema' ;;
    'exec') _goflow_reply='run list show resume cancel signal' ;;
    'config') _goflow_reply='get set list' ;;
    *) _goflow_reply='' ;;
  esac
}

_goflow_enter() {
  case "$1 $2" in
    ' init') _goflow_reply='workflow new' ;;
    ' run') _goflow_reply='exec run' ;;
    ' validate') _goflow_reply='workflow validate' ;;
    ' list') _goflow_reply='workflow list' ;;
    ' edit') _goflow_reply='workflow edit' ;;
    ' export') _goflow_reply='workflow export' ;;
    ' import') _goflow_reply='workflow import' ;;
    ' executions') _goflow_reply='exec list' ;;
    ' execution') _goflow_reply='exec show' ;;
    *) _goflow_reply=${1:+$1 }$2 ;;
  esac
}

_goflow_options() {
  case $1 in
    'workflow save') _goflow_reply='--force --if-changed --dry-run --json --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'workflow list') _goflow_reply='--no-header --json --output --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'workflow show') _goflow_reply='--json --output --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'workflow delete') _goflow_reply='--yes --force --dry-run --json --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'workflow edit') _goflow_reply='--json --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'workflow validate') _goflow_reply='--strict --json --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'workflow export') _goflow_reply='--output --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'workflow import') _goflow_reply='--name --yes --dry-run --json --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'workflow history') _goflow_reply='--no-header --json --output --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'workflow restore') _goflow_reply='--yes --dry-run --json --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'workflow diff') _goflow_reply='--exit-status --json --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'workflow graph') _goflow_reply='--format --output --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'workflow new') _goflow_reply='--template --set --description --output --save --force --list --json --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'exec run') _goflow_reply='--input --inputs --timeout --events --watch --json --output --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'exec list') _goflow_reply='--workflow --status --since --until --limit --all-levels --no-header --json --output --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'exec show') _goflow_reply='--full --result --exit-status --json --output --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'exec resume') _goflow_reply='--on-interrupted --events --watch --json --output --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'exec cancel') _goflow_reply='--force --reason --json --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'exec signal') _goflow_reply='--data --json --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'config get') _goflow_reply='--json --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'config set') _goflow_reply='--unset --json --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'config list') _goflow_reply='--origin --no-header --json --output --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'doctor') _goflow_reply='--json --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    'version') _goflow_reply='--json --home --quiet --verbose --color --no-pager --no-input --help --version' ;;
    *) _goflow_reply='--home --quiet --verbose --color --no-pager --no-input --help --version' ;;
  esac
}

_goflow_value() {
  case "$1 $2" in
    'workflow save --json') _goflow_reply='fields id change nodes diff' ;;
    'workflow list --json') _goflow_reply='fields id version name description nodes valid problem updated_at last_run' ;;
    'workflow list --output') _goflow_reply='words text json yaml' ;;
    'workflow show --json') _goflow_reply='fields id name version description tags inputs nodes' ;;
    'workflow show --output') _goflow_reply='words text json yaml' ;;
    'workflow delete --json') _goflow_reply='fields id deleted' ;;
    'workflow edit --json') _goflow_reply='fields id change diff' ;;
    'workflow validate --json') _goflow_reply='fields severity rule code message hint file line column' ;;
    'workflow export --output' | 'workflow export -o') _goflow_reply='file' ;;
    'workflow import --name') _goflow_reply='any' ;;
    'workflow import --json') _goflow_reply='fields id change nodes diff to_fill_in' ;;
    'workflow history --json') _goflow_reply='fields version current saved_at added removed size sha256' ;;
    'workflow history --output') _goflow_reply='words text json yaml' ;;
    'workflow restore --json') _goflow_reply='fields id restored change diff' ;;
    'workflow diff --json') _goflow_reply='fields before after same added removed diff' ;;
    'workflow graph --format') _goflow_reply='words text dot mermaid svg json' ;;
    'workflow graph --output' | 'workflow graph -o') _goflow_reply='any' ;;
    'workflow new --template') _goflow_reply='live template_id' ;;
    'workflow new --set') _goflow_reply='any' ;;
    'workflow new --description') _goflow_reply='any' ;;
    'workflow new --output' | 'workflow new -o') _goflow_reply='file' ;;
    'workflow new --json') _goflow_reply='fields id template path origin version description parameters' ;;
    'exec run --input' | 'exec run --var') _goflow_reply='any' ;;
    'exec run --inputs' | 'exec run -i') _goflow_reply='file' ;;
    'exec run --timeout') _goflow_reply='any' ;;
    'exec run --json' | 'exec run --output-json') _goflow_reply='fields id workflow workflow_version status phase interrupted error created_at started_at completed_at duration_ms parent inputs return_value warnings progress nodes' ;;
    'exec run --output') _goflow_reply='words text json yaml' ;;
    'exec list --workflow') _goflow_reply='live workflow_id' ;;
    'exec list --status') _goflow_reply='words pending running waiting interrupted completed failed cancelled timed_out' ;;
    'exec list --since') _goflow_reply='any' ;;
    'exec list --until') _goflow_reply='any' ;;
    'exec list --limit' | 'exec list -n') _goflow_reply='any' ;;
    'exec list --json') _goflow_reply='fields id workflow workflow_version status phase interrupted error created_at started_at completed_at duration_ms parent' ;;
    'exec list --output') _goflow_reply='words text json yaml' ;;
    'exec show --json') _goflow_reply='fields id workflow workflow_version status phase interrupted error created_at started_at completed_at duration_ms parent inputs return_value warnings progress nodes' ;;
    'exec show --output') _goflow_reply='words text json yaml' ;;
    'exec resume --on-interrupted') _goflow_reply='words rerun skip fail' ;;
    'exec resume --json' | 'exec resume --output-json') _goflow_reply='fields id workflow workflow_version status phase interrupted error created_at started_at completed_at duration_ms parent inputs return_value warnings progress nodes' ;;
    'exec resume --output') _goflow_reply='words text json yaml' ;;
    'exec cancel --reason') _goflow_reply='any' ;;
    'exec cancel --json') _goflow_reply='fields id status' ;;
    'exec signal --data') _goflow_reply='any' ;;
    'exec signal --json') _goflow_reply='fields id execution name data sent_at' ;;
    'config get --json') _goflow_reply='fields name value origin place default environment meaning' ;;
    'config set --json') _goflow_reply='fields name value origin place default environment meaning' ;;
    'config list --json') _goflow_reply='fields name value origin place default environment meaning' ;;
    'config list --output') _goflow_reply='words text json yaml' ;;
    'doctor --json') _goflow_reply='fields check status message hint' ;;
    'version --json') _goflow_reply='fields version' ;;
    *' --home' | *' --config-dir') _goflow_reply='folder' ;;
    *' --color') _goflow_reply='words auto always never' ;;
    *) _goflow_reply='' ;;
  esac
}

_goflow_place() {
  case "$1 $2" in
    'workflow save ''1') _goflow_reply='file' ;;
    'workflow show ''1') _goflow_reply='live workflow_version' ;;
    'workflow delete '*) _goflow_reply='live workflow_id' ;;
    'workflow edit ''1') _goflow_reply='live workflow_id' ;;
    'workflow validate '*) _goflow_reply='live workflow_version' ;;
    'workflow export ''1') _goflow_reply='live workflow_version' ;;
    'workflow import ''1') _goflow_reply='file' ;;
    'workflow history ''1') _goflow_reply='live workflow_id' ;;
    'workflow restore ''1') _goflow_reply='live workflow_version' ;;
    'workflow diff ''1') _goflow_reply='live workflow_version' ;;
    'workflow diff ''2') _goflow_reply='live workflow_version' ;;
    'workflow graph ''1') _goflow_reply='live workflow_version' ;;
    'workflow new ''1') _goflow_reply='any' ;;
    'exec run ''1') _goflow_reply='live workflow_version' ;;
    'exec show ''1') _goflow_reply='live execution_id' ;;
    'exec resume ''1') _goflow_reply='live execution_id' ;;
    'exec cancel ''1') _goflow_reply='live execution_id' ;;
    'exec signal ''1') _goflow_reply='live execution_id' ;;
    'exec signal ''2') _goflow_reply='any' ;;
    'config get ''1') _goflow_reply='live setting' ;;
    'config set ''1') _goflow_reply='live setting' ;;
    'config set ''2') _goflow_reply='any' ;;
    'completion ''1') _goflow_reply='words bash zsh fish' ;;
    'help '*) _goflow_reply='live command' ;;
    *) _goflow_reply='' ;;
  esac
}

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

_goflow() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local command='' option='' attached='' ended='' place=1 i word _goflow_reply
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $word == -- && -z $ended ]]; then
      ended=yes
    elif [[ $word == -* && -z $ended ]]; then
      _goflow_value "$command" "$word"
      if [[ ${COMP_WORDS[i + 1]} == = ]]; then
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
    option=${COMP_WORDS[COMP_CWORD - 2]} attached=yes
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
