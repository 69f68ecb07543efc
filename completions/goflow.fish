# fish completion for goflow. Made from the commands' declarations: make generate

# The words typed so far without options: "exec list".
function __goflow_words
    set -l words
    for word in (commandline -opc)[2..-1]
        string match -q -- '-*' $word; or set -a words $word
    end
    echo "$words"
end

# Nothing but these words stands on the line.
function __goflow_exactly
    test (__goflow_words) = "$argv"
end

# The line begins with one of these commands.
function __goflow_in
    set -l typed (__goflow_words)
    for command in $argv
        string match -q -- "$command *" "$typed "; and return 0
    end
    return 1
end

function __goflow_live
    goflow __complete $argv[1] (commandline -ct) 2>/dev/null
end

# Comma-separated, each field once.
function __goflow_fields
    set -l typed (string replace -r -- '^--json=' '' (commandline -ct))
    set -l before (string replace -r -- '[^,]*$' '' $typed)
    for field in $argv
        string match -q -- "*,$field,*" ",$before"; or echo "$before$field"
    end
end

complete -c goflow -f
complete -c goflow -n '__goflow_exactly \'\'' -a workflow -d 'keep workflows'
complete -c goflow -n '__goflow_exactly \'\'' -a exec -d 'run workflows and look at what they did'
complete -c goflow -n '__goflow_exactly \'\'' -a config -d 'settings that hold for every command'
complete -c goflow -n '__goflow_exactly \'\'' -a init -d 'short for: goflow workflow new'
complete -c goflow -n '__goflow_exactly \'\'' -a run -d 'short for: goflow exec run'
complete -c goflow -n '__goflow_exactly \'\'' -a validate -d 'short for: goflow workflow validate'
complete -c goflow -n '__goflow_exactly \'\'' -a list -d 'short for: goflow workflow list'
complete -c goflow -n '__goflow_exactly \'\'' -a edit -d 'short for: goflow workflow edit'
complete -c goflow -n '__goflow_exactly \'\'' -a export -d 'short for: goflow workflow export'
complete -c goflow -n '__goflow_exactly \'\'' -a import -d 'short for: goflow workflow import'
complete -c goflow -n '__goflow_exactly \'\'' -a executions -d 'short for: goflow exec list'
complete -c goflow -n '__goflow_exactly \'\'' -a execution -d 'short for: goflow exec show'
complete -c goflow -n '__goflow_exactly workflow' -a save -d 'save a workflow under its name'
complete -c goflow -n '__goflow_exactly workflow' -a list -d 'list saved workflows'
complete -c goflow -n '__goflow_exactly workflow' -a show -d 'print a workflow as its author wrote it'
complete -c goflow -n '__goflow_exactly workflow' -a delete -d 'delete saved workflows'
complete -c goflow -n '__goflow_exactly workflow' -a edit -d 'change a saved workflow in your editor'
complete -c goflow -n '__goflow_exactly workflow' -a validate -d 'check workflows without running them'
complete -c goflow -n '__goflow_exactly workflow' -a export -d 'write a workflow as one file to give away'
complete -c goflow -n '__goflow_exactly workflow' -a import -d 'save a workflow that comes from elsewhere'
complete -c goflow -n '__goflow_exactly workflow' -a history -d 'list the versions of a saved workflow, newest first'
complete -c goflow -n '__goflow_exactly workflow' -a restore -d 'make an earlier version of a workflow the current one'
complete -c goflow -n '__goflow_exactly workflow' -a diff -d 'compare versions of a workflow'
complete -c goflow -n '__goflow_exactly workflow' -a graph -d 'draw a workflow'
complete -c goflow -n '__goflow_exactly workflow' -a new -d 'make a workflow from a template'
complete -c goflow -n '__goflow_exactly workflow' -a schema -d 'print the JSON Schema of workflow files'
complete -c goflow -n '__goflow_exactly exec' -a run -d 'run a workflow'
complete -c goflow -n '__goflow_exactly exec' -a list -d 'list executions, newest first'
complete -c goflow -n '__goflow_exactly exec' -a show -d 'show an execution and its nodes'
complete -c goflow -n '__goflow_exactly exec' -a resume -d 'continue an interrupted execution'
complete -c goflow -n '__goflow_exactly exec' -a cancel -d 'stop an execution'
complete -c goflow -n '__goflow_exactly exec' -a signal -d 'send a signal to an execution'
complete -c goflow -n '__goflow_exactly config' -a get -d 'print the value of a setting'
complete -c goflow -n '__goflow_exactly config' -a set -d 'change a setting'
complete -c goflow -n '__goflow_exactly config' -a list -d 'list the settings'
complete -c goflow -n '__goflow_exactly \'\'' -a doctor -d 'check that this machine is ready for goflow'
complete -c goflow -n '__goflow_exactly \'\'' -a completion -d 'print what teaches a shell to complete goflow\'s words'
complete -c goflow -n '__goflow_exactly \'\'' -a version -d 'show the version of goflow'
complete -c goflow -n '__goflow_exactly \'\'' -a help -d 'explain a command'
complete -c goflow -n '__goflow_in "workflow save"' -l force -d 'replace an existing workflow without asking'
complete -c goflow -n '__goflow_in "workflow save"' -l if-changed -d 'replace it without asking when it differs'
complete -c goflow -n '__goflow_in "workflow save"' -l dry-run -d 'only say what would be done'
complete -c goflow -n '__goflow_in "workflow save"' -l json -a '(__goflow_fields id change nodes diff)' -d 'write JSON; fields: id, change, nodes, diff'
complete -c goflow -n '__goflow_in "workflow save"' -r -F -d 'a workflow file, or - for stdin'
complete -c goflow -n '__goflow_in "workflow list" list' -l no-header -d 'bare rows, as in a pipe'
complete -c goflow -n '__goflow_in "workflow list" list' -l json -a '(__goflow_fields id version name description nodes valid problem updated_at last_run)' -d 'write JSON; fields: id, version, name, description, nodes, valid, problem, updated_at, last_run'
complete -c goflow -n '__goflow_in "workflow list" list' -l output -x -a 'text json yaml' -d 'the form of what is written'
complete -c goflow -n '__goflow_in "workflow show"' -l json -a '(__goflow_fields id name version description tags inputs nodes)' -d 'write JSON; fields: id, name, version, description, tags, inputs, nodes'
complete -c goflow -n '__goflow_in "workflow show"' -l output -x -a 'text json yaml' -d 'the form of what is written'
complete -c goflow -n '__goflow_in "workflow show"' -x -a '(__goflow_live workflow_version)' -d 'a saved workflow, a version of it as NAME@3, or a file'
complete -c goflow -n '__goflow_in "workflow delete"' -s y -l yes -d 'do not ask'
complete -c goflow -n '__goflow_in "workflow delete"' -l force -d 'also while executions of it are running'
complete -c goflow -n '__goflow_in "workflow delete"' -l dry-run -d 'only say what would be deleted'
complete -c goflow -n '__goflow_in "workflow delete"' -l json -a '(__goflow_fields id deleted)' -d 'write JSON; fields: id, deleted'
complete -c goflow -n '__goflow_in "workflow delete"' -x -a '(__goflow_live workflow_id)' -d 'names of saved workflows'
complete -c goflow -n '__goflow_in "workflow edit" edit' -l json -a '(__goflow_fields id change diff)' -d 'write JSON; fields: id, change, diff'
complete -c goflow -n '__goflow_in "workflow edit" edit' -x -a '(__goflow_live workflow_id)' -d 'name of a saved workflow'
complete -c goflow -n '__goflow_in "workflow validate" validate' -l strict -d 'let warnings count as errors'
complete -c goflow -n '__goflow_in "workflow validate" validate' -l json -a '(__goflow_fields severity rule code message hint file line column)' -d 'write JSON; fields: severity, rule, code, message, hint, file, line, column'
complete -c goflow -n '__goflow_in "workflow validate" validate' -x -a '(__goflow_live workflow_version)' -d 'files, names of saved workflows, or - for stdin'
complete -c goflow -n '__goflow_in "workflow export" export' -s o -l output -r -F -d 'where to write, - is stdout'
complete -c goflow -n '__goflow_in "workflow export" export' -x -a '(__goflow_live workflow_version)' -d 'a saved workflow, a version of it as NAME@3, or a file'
complete -c goflow -n '__goflow_in "workflow import" import' -l name -x -d 'another name for it'
complete -c goflow -n '__goflow_in "workflow import" import' -s y -l yes -d 'replace a workflow of this name without asking'
complete -c goflow -n '__goflow_in "workflow import" import' -l dry-run -d 'check only'
complete -c goflow -n '__goflow_in "workflow import" import' -l json -a '(__goflow_fields id change nodes diff to_fill_in)' -d 'write JSON; fields: id, change, nodes, diff, to_fill_in'
complete -c goflow -n '__goflow_in "workflow import" import' -r -F -d 'a workflow file, or - for stdin'
complete -c goflow -n '__goflow_in "workflow history"' -l no-header -d 'bare rows, as in a pipe'
complete -c goflow -n '__goflow_in "workflow history"' -l json -a '(__goflow_fields version current saved_at added removed size sha256)' -d 'write JSON; fields: version, current, saved_at, added, removed, size, sha256'
complete -c goflow -n '__goflow_in "workflow history"' -l output -x -a 'text json yaml' -d 'the form of what is written'
complete -c goflow -n '__goflow_in "workflow history"' -x -a '(__goflow_live workflow_id)' -d 'name of a saved or deleted workflow'
complete -c goflow -n '__goflow_in "workflow restore"' -s y -l yes -d 'do not ask'
complete -c goflow -n '__goflow_in "workflow restore"' -l dry-run -d 'only say what would change'
complete -c goflow -n '__goflow_in "workflow restore"' -l json -a '(__goflow_fields id restored change diff)' -d 'write JSON; fields: id, restored, change, diff'
complete -c goflow -n '__goflow_in "workflow restore"' -x -a '(__goflow_live workflow_version)' -d 'a version: nightly@3'
complete -c goflow -n '__goflow_in "workflow diff"' -l exit-status -d 'exit 6 when they differ'
complete -c goflow -n '__goflow_in "workflow diff"' -l json -a '(__goflow_fields before after same added removed diff)' -d 'write JSON; fields: before, after, same, added, removed, diff'
complete -c goflow -n '__goflow_in "workflow diff"' -x -a '(__goflow_live workflow_version)' -d 'a saved workflow, as nightly or nightly@3'
complete -c goflow -n '__goflow_in "workflow diff"' -x -a '(__goflow_live workflow_version)' -d 'another one, another version, a file, or - for stdin'
complete -c goflow -n '__goflow_in "workflow graph"' -l format -x -a 'text dot mermaid svg json' -d 'how it is drawn'
complete -c goflow -n '__goflow_in "workflow graph"' -s o -l output -x -d 'where it is written; - is stdout'
complete -c goflow -n '__goflow_in "workflow graph"' -x -a '(__goflow_live workflow_version)' -d 'a saved workflow, a file, or - for stdin'
complete -c goflow -n '__goflow_in "workflow new" init' -l template -x -a '(__goflow_live template_id)' -d 'what to make it from'
complete -c goflow -n '__goflow_in "workflow new" init' -l set -x -d 'a parameter of the template: NAME=VALUE, NAME=@FILE or NAME:=JSON'
complete -c goflow -n '__goflow_in "workflow new" init' -l description -x -d 'what the workflow does'
complete -c goflow -n '__goflow_in "workflow new" init' -s o -l output -r -F -d 'write to this file, - is stdout'
complete -c goflow -n '__goflow_in "workflow new" init' -l save -d 'keep it in the home directory instead of a file here'
complete -c goflow -n '__goflow_in "workflow new" init' -l force -d 'replace what is there'
complete -c goflow -n '__goflow_in "workflow new" init' -l list -d 'list the templates'
complete -c goflow -n '__goflow_in "workflow new" init' -l json -a '(__goflow_fields id template path origin version description parameters)' -d 'write JSON; fields: id, template, path, origin, version, description, parameters'
complete -c goflow -n '__goflow_in "workflow new" init' -x -d 'what the workflow is called'
complete -c goflow -n '__goflow_in "exec run" run' -l input -x -d 'k=text typed as declared, k=@file, k:=JSON; may be repeated'
complete -c goflow -n '__goflow_in "exec run" run' -s i -l inputs -r -F -d 'a JSON or YAML object; - is stdin'
complete -c goflow -n '__goflow_in "exec run" run' -l timeout -x -d 'give the run at most so long: 30s, 5m, 2h'
complete -c goflow -n '__goflow_in "exec run" run' -l events -d 'one JSON object per event on stdout, the result last'
complete -c goflow -n '__goflow_in "exec run" run' -l watch -d 'show the progress tree even without a terminal'
complete -c goflow -n '__goflow_in "exec run" run' -l json -a '(__goflow_fields id workflow workflow_version status phase interrupted error created_at started_at completed_at duration_ms parent inputs return_value warnings progress nodes)' -d 'write JSON; fields: id, workflow, workflow_version, status, phase, interrupted, error, created_at, started_at, completed_at, duration_ms, parent, inputs, return_value, warnings, progress, nodes'
complete -c goflow -n '__goflow_in "exec run" run' -l output -x -a 'text json yaml' -d 'the form of what is written'
complete -c goflow -n '__goflow_in "exec run" run' -x -a '(__goflow_live workflow_version)' -d 'a saved workflow, a file, or - for stdin'
complete -c goflow -n '__goflow_in "exec list" executions' -l workflow -x -a '(__goflow_live workflow_id)' -d 'only executions of this workflow'
complete -c goflow -n '__goflow_in "exec list" executions' -l status -x -a 'pending running waiting interrupted completed failed cancelled timed_out' -d 'only with this status; may be repeated'
complete -c goflow -n '__goflow_in "exec list" executions' -l since -x -d 'created at or after: 90m, 7d, 2026-01-05'
complete -c goflow -n '__goflow_in "exec list" executions' -l until -x -d 'created before'
complete -c goflow -n '__goflow_in "exec list" executions' -s n -l limit -x -d 'at most so many rows, 1 to 1000'
complete -c goflow -n '__goflow_in "exec list" executions' -l all-levels -d 'also those that are part of another execution, as the work of one of its nodes'
complete -c goflow -n '__goflow_in "exec list" executions' -l no-header -d 'bare rows, as in a pipe'
complete -c goflow -n '__goflow_in "exec list" executions' -l json -a '(__goflow_fields id workflow workflow_version status phase interrupted error created_at started_at completed_at duration_ms parent)' -d 'write JSON; fields: id, workflow, workflow_version, status, phase, interrupted, error, created_at, started_at, completed_at, duration_ms, parent'
complete -c goflow -n '__goflow_in "exec list" executions' -l output -x -a 'text json yaml' -d 'the form of what is written'
complete -c goflow -n '__goflow_in "exec show" execution' -l full -d 'every round of every loop'
complete -c goflow -n '__goflow_in "exec show" execution' -l result -d 'print the return value alone'
complete -c goflow -n '__goflow_in "exec show" execution' -l exit-status -d 'exit as \'goflow exec run\' would have'
complete -c goflow -n '__goflow_in "exec show" execution' -l json -a '(__goflow_fields id workflow workflow_version status phase interrupted error created_at started_at completed_at duration_ms parent inputs return_value warnings progress nodes)' -d 'write JSON; fields: id, workflow, workflow_version, status, phase, interrupted, error, created_at, started_at, completed_at, duration_ms, parent, inputs, return_value, warnings, progress, nodes'
complete -c goflow -n '__goflow_in "exec show" execution' -l output -x -a 'text json yaml' -d 'the form of what is written'
complete -c goflow -n '__goflow_in "exec show" execution' -x -a '(__goflow_live execution_id)' -d 'id, unique beginning or ending of it, or @latest'
complete -c goflow -n '__goflow_in "exec resume"' -l on-interrupted -x -a 'rerun skip fail' -d 'decide on cut off steps with \'on_resume: never\''
complete -c goflow -n '__goflow_in "exec resume"' -l events -d 'one JSON object per event on stdout, the result last'
complete -c goflow -n '__goflow_in "exec resume"' -l watch -d 'show the progress tree even without a terminal'
complete -c goflow -n '__goflow_in "exec resume"' -l json -a '(__goflow_fields id workflow workflow_version status phase interrupted error created_at started_at completed_at duration_ms parent inputs return_value warnings progress nodes)' -d 'write JSON; fields: id, workflow, workflow_version, status, phase, interrupted, error, created_at, started_at, completed_at, duration_ms, parent, inputs, return_value, warnings, progress, nodes'
complete -c goflow -n '__goflow_in "exec resume"' -l output -x -a 'text json yaml' -d 'the form of what is written'
complete -c goflow -n '__goflow_in "exec resume"' -x -a '(__goflow_live execution_id)' -d 'id, unique beginning or ending of it, or @latest'
complete -c goflow -n '__goflow_in "exec cancel"' -l force -d 'kill running steps at once'
complete -c goflow -n '__goflow_in "exec cancel"' -l reason -x -d 'kept in the record'
complete -c goflow -n '__goflow_in "exec cancel"' -l json -a '(__goflow_fields id status)' -d 'write JSON; fields: id, status'
complete -c goflow -n '__goflow_in "exec cancel"' -x -a '(__goflow_live execution_id)' -d 'id, unique beginning or ending of it, or @latest'
complete -c goflow -n '__goflow_in "exec signal"' -l data -x -d 'a JSON value, @FILE, or - for stdin'
complete -c goflow -n '__goflow_in "exec signal"' -l json -a '(__goflow_fields id execution name data sent_at)' -d 'write JSON; fields: id, execution, name, data, sent_at'
complete -c goflow -n '__goflow_in "exec signal"' -x -a '(__goflow_live execution_id)' -d 'id, unique beginning or ending of it, or @latest'
complete -c goflow -n '__goflow_in "exec signal"' -x -d 'what the node waits for'
complete -c goflow -n '__goflow_in "config get"' -l json -a '(__goflow_fields name value origin place default environment meaning)' -d 'write JSON; fields: name, value, origin, place, default, environment, meaning'
complete -c goflow -n '__goflow_in "config get"' -x -a '(__goflow_live setting)' -d 'name of a setting'
complete -c goflow -n '__goflow_in "config set"' -l unset -d 'take it out of the file, so that the default counts'
complete -c goflow -n '__goflow_in "config set"' -l json -a '(__goflow_fields name value origin place default environment meaning)' -d 'write JSON; fields: name, value, origin, place, default, environment, meaning'
complete -c goflow -n '__goflow_in "config set"' -x -a '(__goflow_live setting)' -d 'name of a setting'
complete -c goflow -n '__goflow_in "config set"' -x -d 'what it shall be'
complete -c goflow -n '__goflow_in "config list"' -l origin -d 'show what gave the value'
complete -c goflow -n '__goflow_in "config list"' -l no-header -d 'bare rows, as in a pipe'
complete -c goflow -n '__goflow_in "config list"' -l json -a '(__goflow_fields name value origin place default environment meaning)' -d 'write JSON; fields: name, value, origin, place, default, environment, meaning'
complete -c goflow -n '__goflow_in "config list"' -l output -x -a 'text json yaml' -d 'the form of what is written'
complete -c goflow -n '__goflow_in "doctor"' -l json -a '(__goflow_fields check status message hint)' -d 'write JSON; fields: check, status, message, hint'
complete -c goflow -n '__goflow_in "completion"' -x -a 'bash zsh fish' -d 'the shell'
complete -c goflow -n '__goflow_in "version"' -l json -a '(__goflow_fields version)' -d 'write JSON; fields: version'
complete -c goflow -n '__goflow_in "help"' -x -a '(__goflow_live command)' -d 'the words of the command'
complete -c goflow -l home -x -a '(__fish_complete_directories)' -d 'where goflow keeps everything (default ~/.goflow)'
complete -c goflow -s q -l quiet -d 'no progress, no notes; errors are still shown'
complete -c goflow -s v -l verbose -d 'say more about what is being done'
complete -c goflow -l color -x -a 'auto always never' -d 'colour in what is written'
complete -c goflow -l no-pager -d 'do not page long output'
complete -c goflow -l no-input -d 'never ask; what would be asked is an error'
complete -c goflow -s h -l help -d 'show this help'
complete -c goflow -l version -d 'show goflow\'s version'
