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
complete -c goflow -n '__goflow_exactly \'\'' -a completion -d 'print what teaches a shell to complete goflow\'s words'
complete -c goflow -n '__goflow_exactly \'\'' -a version -d 'show the version of goflow'
complete -c goflow -n '__goflow_exactly \'\'' -a help -d 'explain a command'
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
