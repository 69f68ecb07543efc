# bash completion for goflow. Made from the commands' declarations: make generate
# shellcheck shell=bash disable=SC2207,SC2034
# The tables answer in _goflow_reply: a subshell for each word would be felt.

_goflow_next() {
  case $1 in
    '') _goflow_reply='workflow exec instance cred schedule blobs config init run validate list edit export import executions execution logs worker doctor completion version help' ;;
    'workflow') _goflow_reply='save list show delete edit validate export import history restore diff graph new schema' ;;
    'exec') _goflow_reply='run create start list show logs watch resume retry rerun cancel signal mark update update-status delete prune stats export diff' ;;
    'instance') _goflow_reply='create list show update delete' ;;
    'cred') _goflow_reply='set get list delete rotate export import test' ;;
    'schedule') _goflow_reply='list next enable disable run install' ;;
    'blobs') _goflow_reply='list stat get put rm gc verify health metrics' ;;
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
    ' logs') _goflow_reply='exec logs' ;;
    *) _goflow_reply=${1:+$1 }$2 ;;
  esac
}

_goflow_options() {
  case $1 in
    'workflow save') _goflow_reply='--force --if-changed --dry-run --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'workflow list') _goflow_reply='--no-header --json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'workflow show') _goflow_reply='--json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'workflow delete') _goflow_reply='--yes --force --dry-run --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'workflow edit') _goflow_reply='--json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'workflow validate') _goflow_reply='--strict --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'workflow export') _goflow_reply='--output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'workflow import') _goflow_reply='--name --yes --dry-run --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'workflow history') _goflow_reply='--no-header --json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'workflow restore') _goflow_reply='--yes --dry-run --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'workflow diff') _goflow_reply='--exit-status --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'workflow graph') _goflow_reply='--format --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'workflow new') _goflow_reply='--template --set --description --output --save --force --list --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec run') _goflow_reply='--instance --input --inputs --name --tag --label --credential --namespace --secret-file --secret-env --timeout --events --watch --detach --json --output --queue --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec create') _goflow_reply='--instance --input --inputs --name --tag --label --credential --namespace --runner --file --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec start') _goflow_reply='--timeout --credential --namespace --secret-file --secret-env --events --watch --detach --json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec list') _goflow_reply='--workflow --instance --status --since --until --tag --label --search --all-levels --limit --after --all --count --no-header --json --paged --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec show') _goflow_reply='--full --result --variables --exit-status --json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec logs') _goflow_reply='--node --stream --attempt --tail --follow --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec watch') _goflow_reply='--timeout --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec resume') _goflow_reply='--on-interrupted --credential --namespace --secret-file --secret-env --events --watch --detach --json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec retry') _goflow_reply='--node --credential --namespace --secret-file --secret-env --events --watch --detach --json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec rerun') _goflow_reply='--from --current --input --inputs --credential --namespace --secret-file --secret-env --timeout --events --watch --detach --json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec cancel') _goflow_reply='--force --reason --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec signal') _goflow_reply='--data --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec mark') _goflow_reply='--status --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec update') _goflow_reply='--name --tag --untag --label --unlabel --annotation --unannotate --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec update-status') _goflow_reply='--file --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec delete') _goflow_reply='--yes --force --dry-run --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec prune') _goflow_reply='--older-than --status --workflow --keep --dry-run --yes --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec stats') _goflow_reply='--since --until --all-levels --no-header --json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec export') _goflow_reply='--format --nodes --output --workflow --instance --status --since --until --tag --label --search --all-levels --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'exec diff') _goflow_reply='--json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'instance create') _goflow_reply='--workflow --description --label --input --inputs --env --credential --namespace --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'instance list') _goflow_reply='--workflow --no-header --json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'instance show') _goflow_reply='--json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'instance update') _goflow_reply='--name --description --label --input --inputs --env --credential --namespace --uninput --unenv --uncredential --unlabel --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'instance delete') _goflow_reply='--yes --dry-run --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'cred set') _goflow_reply='--namespace --from-file --from-env --raw --no-overwrite --structured --public --kind --expires --description --label --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'cred get') _goflow_reply='--namespace --field --previous --reveal --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'cred list') _goflow_reply='--namespace --all-namespaces --check --within --no-header --json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'cred delete') _goflow_reply='--namespace --yes --dry-run --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'cred rotate') _goflow_reply='--namespace --from-file --from-env --raw --grace --expires --undo --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'cred export') _goflow_reply='--namespace --all-namespaces --passphrase-file --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'cred import') _goflow_reply='--on-conflict --passphrase-file --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'cred test') _goflow_reply='--namespace --within --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'blobs list') _goflow_reply='--state --execution --unreferenced --limit --all --no-header --json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'blobs stat') _goflow_reply='--json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'blobs get') _goflow_reply='--output --raw --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'blobs put') _goflow_reply='--json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'blobs rm') _goflow_reply='--force --dry-run --yes --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'blobs gc') _goflow_reply='--ttl --unreferenced-only --dry-run --yes --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'blobs verify') _goflow_reply='--json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'blobs health') _goflow_reply='--json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'blobs metrics') _goflow_reply='--prometheus --reset --json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'schedule list') _goflow_reply='--no-header --json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'schedule next') _goflow_reply='--count --timezone --no-header --json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'schedule install') _goflow_reply='--remove --dry-run --format --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'config get') _goflow_reply='--json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'config set') _goflow_reply='--unset --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'config list') _goflow_reply='--origin --no-header --json --output --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'worker') _goflow_reply='--concurrency --drain --schedules --json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'doctor') _goflow_reply='--json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    'version') _goflow_reply='--json --home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
    *) _goflow_reply='--home --quiet --verbose --debug --color --no-pager --no-input --help --version' ;;
  esac
}

_goflow_value() {
  case "$1 $2" in
    'workflow save --json') _goflow_reply='fields id change nodes diff' ;;
    'workflow list --json') _goflow_reply='fields id version name description nodes valid problem updated_at last_run' ;;
    'workflow list --output') _goflow_reply='words text json yaml' ;;
    'workflow show --json') _goflow_reply='fields id name version description tags inputs nodes' ;;
    'workflow show --output') _goflow_reply='words text json yaml' ;;
    'workflow delete --json') _goflow_reply='fields id deleted instances' ;;
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
    'exec run --instance') _goflow_reply='live instance_id' ;;
    'exec run --input' | 'exec run --var') _goflow_reply='any' ;;
    'exec run --inputs' | 'exec run -i') _goflow_reply='file' ;;
    'exec run --name') _goflow_reply='any' ;;
    'exec run --tag') _goflow_reply='any' ;;
    'exec run --label') _goflow_reply='any' ;;
    'exec run --credential') _goflow_reply='any' ;;
    'exec run --namespace') _goflow_reply='any' ;;
    'exec run --secret-file') _goflow_reply='any' ;;
    'exec run --secret-env') _goflow_reply='any' ;;
    'exec run --timeout') _goflow_reply='any' ;;
    'exec run --json' | 'exec run --output-json') _goflow_reply='fields id name slug workflow workflow_version instance tags labels annotations status phase interrupted queued runner error created_at started_at completed_at duration_ms reopened earlier_ends rerun_of parent inputs return_value warnings progress children claims nodes audit' ;;
    'exec run --output') _goflow_reply='words text json yaml' ;;
    'exec create --instance') _goflow_reply='live instance_id' ;;
    'exec create --input' | 'exec create --var') _goflow_reply='any' ;;
    'exec create --inputs' | 'exec create -i') _goflow_reply='file' ;;
    'exec create --name') _goflow_reply='any' ;;
    'exec create --tag') _goflow_reply='any' ;;
    'exec create --label') _goflow_reply='any' ;;
    'exec create --credential') _goflow_reply='any' ;;
    'exec create --namespace') _goflow_reply='any' ;;
    'exec create --runner') _goflow_reply='words local external' ;;
    'exec create --file') _goflow_reply='file' ;;
    'exec create --json') _goflow_reply='fields id name slug workflow workflow_version instance tags labels annotations status phase interrupted queued runner error created_at started_at completed_at duration_ms reopened earlier_ends rerun_of parent inputs return_value warnings progress children claims nodes audit' ;;
    'exec start --timeout') _goflow_reply='any' ;;
    'exec start --credential') _goflow_reply='any' ;;
    'exec start --namespace') _goflow_reply='any' ;;
    'exec start --secret-file') _goflow_reply='any' ;;
    'exec start --secret-env') _goflow_reply='any' ;;
    'exec start --json' | 'exec start --output-json') _goflow_reply='fields id name slug workflow workflow_version instance tags labels annotations status phase interrupted queued runner error created_at started_at completed_at duration_ms reopened earlier_ends rerun_of parent inputs return_value warnings progress children claims nodes audit' ;;
    'exec start --output') _goflow_reply='words text json yaml' ;;
    'exec list --workflow') _goflow_reply='live workflow_id' ;;
    'exec list --instance') _goflow_reply='live instance_id' ;;
    'exec list --status') _goflow_reply='live status' ;;
    'exec list --since') _goflow_reply='any' ;;
    'exec list --until') _goflow_reply='any' ;;
    'exec list --tag') _goflow_reply='any' ;;
    'exec list --label') _goflow_reply='any' ;;
    'exec list --search') _goflow_reply='any' ;;
    'exec list --limit' | 'exec list -n') _goflow_reply='any' ;;
    'exec list --after') _goflow_reply='any' ;;
    'exec list --json') _goflow_reply='fields id name slug workflow workflow_version instance tags labels annotations status phase interrupted queued runner error created_at started_at completed_at duration_ms reopened earlier_ends rerun_of parent inputs return_value warnings progress children claims nodes audit' ;;
    'exec list --output') _goflow_reply='words text json yaml' ;;
    'exec show --json') _goflow_reply='fields id name slug workflow workflow_version instance tags labels annotations status phase interrupted queued runner error created_at started_at completed_at duration_ms reopened earlier_ends rerun_of parent inputs return_value warnings progress children claims nodes audit' ;;
    'exec show --output') _goflow_reply='words text json yaml' ;;
    'exec logs --node') _goflow_reply='live node_id' ;;
    'exec logs --stream') _goflow_reply='words stdout stderr event' ;;
    'exec logs --attempt') _goflow_reply='any' ;;
    'exec logs --tail') _goflow_reply='any' ;;
    'exec logs --json') _goflow_reply='fields time node path attempt stream line' ;;
    'exec watch --timeout') _goflow_reply='any' ;;
    'exec watch --json') _goflow_reply='fields event execution node' ;;
    'exec resume --on-interrupted') _goflow_reply='words rerun skip fail' ;;
    'exec resume --credential') _goflow_reply='any' ;;
    'exec resume --namespace') _goflow_reply='any' ;;
    'exec resume --secret-file') _goflow_reply='any' ;;
    'exec resume --secret-env') _goflow_reply='any' ;;
    'exec resume --json' | 'exec resume --output-json') _goflow_reply='fields id name slug workflow workflow_version instance tags labels annotations status phase interrupted queued runner error created_at started_at completed_at duration_ms reopened earlier_ends rerun_of parent inputs return_value warnings progress children claims nodes audit' ;;
    'exec resume --output') _goflow_reply='words text json yaml' ;;
    'exec retry --node') _goflow_reply='live node_id' ;;
    'exec retry --credential') _goflow_reply='any' ;;
    'exec retry --namespace') _goflow_reply='any' ;;
    'exec retry --secret-file') _goflow_reply='any' ;;
    'exec retry --secret-env') _goflow_reply='any' ;;
    'exec retry --json' | 'exec retry --output-json') _goflow_reply='fields id name slug workflow workflow_version instance tags labels annotations status phase interrupted queued runner error created_at started_at completed_at duration_ms reopened earlier_ends rerun_of parent inputs return_value warnings progress children claims nodes audit' ;;
    'exec retry --output') _goflow_reply='words text json yaml' ;;
    'exec rerun --from') _goflow_reply='live node_id' ;;
    'exec rerun --input' | 'exec rerun --var') _goflow_reply='any' ;;
    'exec rerun --inputs' | 'exec rerun -i') _goflow_reply='file' ;;
    'exec rerun --credential') _goflow_reply='any' ;;
    'exec rerun --namespace') _goflow_reply='any' ;;
    'exec rerun --secret-file') _goflow_reply='any' ;;
    'exec rerun --secret-env') _goflow_reply='any' ;;
    'exec rerun --timeout') _goflow_reply='any' ;;
    'exec rerun --json' | 'exec rerun --output-json') _goflow_reply='fields id name slug workflow workflow_version instance tags labels annotations status phase interrupted queued runner error created_at started_at completed_at duration_ms reopened earlier_ends rerun_of parent inputs return_value warnings progress children claims nodes audit' ;;
    'exec rerun --output') _goflow_reply='words text json yaml' ;;
    'exec cancel --reason') _goflow_reply='any' ;;
    'exec cancel --json') _goflow_reply='fields id status' ;;
    'exec signal --data') _goflow_reply='any' ;;
    'exec signal --json') _goflow_reply='fields id execution name data sent_at' ;;
    'exec mark --status') _goflow_reply='words failed cancelled' ;;
    'exec mark --json') _goflow_reply='fields id status' ;;
    'exec update --name') _goflow_reply='any' ;;
    'exec update --tag') _goflow_reply='any' ;;
    'exec update --untag') _goflow_reply='any' ;;
    'exec update --label') _goflow_reply='any' ;;
    'exec update --unlabel') _goflow_reply='any' ;;
    'exec update --annotation') _goflow_reply='any' ;;
    'exec update --unannotate') _goflow_reply='any' ;;
    'exec update --json') _goflow_reply='fields id name slug workflow workflow_version instance tags labels annotations status phase interrupted queued runner error created_at started_at completed_at duration_ms reopened earlier_ends rerun_of parent inputs return_value warnings progress children claims nodes audit' ;;
    'exec update-status --file') _goflow_reply='file' ;;
    'exec update-status --json') _goflow_reply='fields id name slug workflow workflow_version instance tags labels annotations status phase interrupted queued runner error created_at started_at completed_at duration_ms reopened earlier_ends rerun_of parent inputs return_value warnings progress children claims nodes audit' ;;
    'exec delete --json') _goflow_reply='fields id name slug workflow workflow_version instance tags labels annotations status phase interrupted queued runner error created_at started_at completed_at duration_ms reopened earlier_ends rerun_of parent inputs return_value warnings progress children claims nodes audit' ;;
    'exec prune --older-than') _goflow_reply='any' ;;
    'exec prune --status') _goflow_reply='live status' ;;
    'exec prune --workflow') _goflow_reply='live workflow_id' ;;
    'exec prune --keep') _goflow_reply='any' ;;
    'exec prune --json') _goflow_reply='fields count deleted ids' ;;
    'exec stats --since') _goflow_reply='any' ;;
    'exec stats --until') _goflow_reply='any' ;;
    'exec stats --json') _goflow_reply='fields workflow runs completed failed timed_out cancelled success_rate retries p50_ms p95_ms nodes' ;;
    'exec stats --output') _goflow_reply='words text json yaml' ;;
    'exec export --format') _goflow_reply='words json jsonl csv' ;;
    'exec export --output' | 'exec export -o') _goflow_reply='file' ;;
    'exec export --workflow') _goflow_reply='live workflow_id' ;;
    'exec export --instance') _goflow_reply='live instance_id' ;;
    'exec export --status') _goflow_reply='live status' ;;
    'exec export --since') _goflow_reply='any' ;;
    'exec export --until') _goflow_reply='any' ;;
    'exec export --tag') _goflow_reply='any' ;;
    'exec export --label') _goflow_reply='any' ;;
    'exec export --search') _goflow_reply='any' ;;
    'exec diff --json') _goflow_reply='fields a b equal differences durations' ;;
    'instance create --workflow') _goflow_reply='live workflow_id' ;;
    'instance create --description') _goflow_reply='any' ;;
    'instance create --label') _goflow_reply='any' ;;
    'instance create --input' | 'instance create --var') _goflow_reply='any' ;;
    'instance create --inputs' | 'instance create -i') _goflow_reply='file' ;;
    'instance create --env') _goflow_reply='any' ;;
    'instance create --credential') _goflow_reply='any' ;;
    'instance create --namespace') _goflow_reply='any' ;;
    'instance create --json') _goflow_reply='fields id name slug workflow description inputs env credentials labels default problem last_run created_at updated_at audit' ;;
    'instance list --workflow') _goflow_reply='live workflow_id' ;;
    'instance list --json') _goflow_reply='fields id name slug workflow description inputs env credentials labels default problem last_run created_at updated_at audit' ;;
    'instance list --output') _goflow_reply='words text json yaml' ;;
    'instance show --json') _goflow_reply='fields id name slug workflow description inputs env credentials labels default problem last_run created_at updated_at audit' ;;
    'instance show --output') _goflow_reply='words text json yaml' ;;
    'instance update --name') _goflow_reply='any' ;;
    'instance update --description') _goflow_reply='any' ;;
    'instance update --label') _goflow_reply='any' ;;
    'instance update --input' | 'instance update --var') _goflow_reply='any' ;;
    'instance update --inputs' | 'instance update -i') _goflow_reply='file' ;;
    'instance update --env') _goflow_reply='any' ;;
    'instance update --credential') _goflow_reply='any' ;;
    'instance update --namespace') _goflow_reply='any' ;;
    'instance update --uninput') _goflow_reply='any' ;;
    'instance update --unenv') _goflow_reply='any' ;;
    'instance update --uncredential') _goflow_reply='any' ;;
    'instance update --unlabel') _goflow_reply='any' ;;
    'instance update --json') _goflow_reply='fields id name slug workflow description inputs env credentials labels default problem last_run created_at updated_at audit' ;;
    'instance delete --json') _goflow_reply='fields id name slug workflow description inputs env credentials labels default problem last_run created_at updated_at audit' ;;
    'cred set --namespace') _goflow_reply='any' ;;
    'cred set --from-file') _goflow_reply='file' ;;
    'cred set --from-env') _goflow_reply='any' ;;
    'cred set --public') _goflow_reply='any' ;;
    'cred set --kind') _goflow_reply='any' ;;
    'cred set --expires') _goflow_reply='any' ;;
    'cred set --description') _goflow_reply='any' ;;
    'cred set --label') _goflow_reply='any' ;;
    'cred set --json') _goflow_reply='fields key namespace kind created expires_at store' ;;
    'cred get --namespace') _goflow_reply='any' ;;
    'cred get --field') _goflow_reply='any' ;;
    'cred list --namespace') _goflow_reply='any' ;;
    'cred list --within') _goflow_reply='any' ;;
    'cred list --json') _goflow_reply='fields key namespace kind description labels public_fields used_by created_at updated_at expires_at expired previous_until store' ;;
    'cred list --output') _goflow_reply='words text json yaml' ;;
    'cred delete --namespace') _goflow_reply='any' ;;
    'cred delete --json') _goflow_reply='fields key namespace deleted' ;;
    'cred rotate --namespace') _goflow_reply='any' ;;
    'cred rotate --from-file') _goflow_reply='file' ;;
    'cred rotate --from-env') _goflow_reply='any' ;;
    'cred rotate --grace') _goflow_reply='any' ;;
    'cred rotate --expires') _goflow_reply='any' ;;
    'cred rotate --json') _goflow_reply='fields key namespace change previous_until' ;;
    'cred export --namespace') _goflow_reply='any' ;;
    'cred export --passphrase-file') _goflow_reply='file' ;;
    'cred export --json') _goflow_reply='fields key namespace' ;;
    'cred import --on-conflict') _goflow_reply='words skip replace fail' ;;
    'cred import --passphrase-file') _goflow_reply='file' ;;
    'cred import --json') _goflow_reply='fields key namespace change' ;;
    'cred test --namespace') _goflow_reply='any' ;;
    'cred test --within') _goflow_reply='any' ;;
    'cred test --json') _goflow_reply='fields key namespace store was_locked duration_ms kind expires_at' ;;
    'blobs list --state') _goflow_reply='words writing present deleting expired corrupt' ;;
    'blobs list --execution') _goflow_reply='live execution_id' ;;
    'blobs list --limit' | 'blobs list -n') _goflow_reply='any' ;;
    'blobs list --json') _goflow_reply='fields key size_bytes stored_bytes codec state origin store sha256 stored_at touched_at expired_at references' ;;
    'blobs list --output') _goflow_reply='words text json yaml' ;;
    'blobs stat --json') _goflow_reply='fields key size_bytes stored_bytes codec state origin store sha256 stored_at touched_at expired_at references' ;;
    'blobs stat --output') _goflow_reply='words text json yaml' ;;
    'blobs get --output' | 'blobs get -o') _goflow_reply='file' ;;
    'blobs put --json') _goflow_reply='fields key size_bytes stored_bytes codec' ;;
    'blobs put --output') _goflow_reply='words text json yaml' ;;
    'blobs rm --json') _goflow_reply='fields key removed expired' ;;
    'blobs gc --ttl') _goflow_reply='any' ;;
    'blobs gc --json') _goflow_reply='fields dry_run examined deleted expired in_use orphans_removed temp_files_removed bytes_freed errors duration_ms left orphans_left' ;;
    'blobs verify --json') _goflow_reply='fields checked corrupt missing unreadable orphaned' ;;
    'blobs verify --output') _goflow_reply='words text json yaml' ;;
    'blobs health --json') _goflow_reply='fields status claimcheck' ;;
    'blobs health --output') _goflow_reply='words text json yaml' ;;
    'blobs metrics --json') _goflow_reply='fields offload_count retrieval_count cache_hits dedup_hits total_bytes_stored stored_bytes compression_ratio error_count avg_upload_latency_ms avg_download_latency_ms upload_latency download_latency blobs_present bytes_present' ;;
    'blobs metrics --output') _goflow_reply='words text json yaml' ;;
    'schedule list --json') _goflow_reply='fields workflow cron timezone enabled next looked_after_until last_run' ;;
    'schedule list --output') _goflow_reply='words text json yaml' ;;
    'schedule next --count' | 'schedule next -n') _goflow_reply='any' ;;
    'schedule next --timezone') _goflow_reply='any' ;;
    'schedule next --json') _goflow_reply='fields time local_time workflow' ;;
    'schedule next --output') _goflow_reply='words text json yaml' ;;
    'schedule install --format') _goflow_reply='words systemd launchd' ;;
    'config get --json') _goflow_reply='fields name value origin place default environment meaning' ;;
    'config set --json') _goflow_reply='fields name value origin place default environment meaning' ;;
    'config list --json') _goflow_reply='fields name value origin place default environment meaning' ;;
    'config list --output') _goflow_reply='words text json yaml' ;;
    'worker --concurrency') _goflow_reply='any' ;;
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
    'exec create ''1') _goflow_reply='live workflow_version' ;;
    'exec start ''1') _goflow_reply='live execution_id' ;;
    'exec show ''1') _goflow_reply='live execution_id' ;;
    'exec logs ''1') _goflow_reply='live execution_id' ;;
    'exec watch ''1') _goflow_reply='live execution_id' ;;
    'exec resume ''1') _goflow_reply='live execution_id' ;;
    'exec retry ''1') _goflow_reply='live execution_id' ;;
    'exec rerun ''1') _goflow_reply='live execution_id' ;;
    'exec cancel ''1') _goflow_reply='live execution_id' ;;
    'exec signal ''1') _goflow_reply='live execution_id' ;;
    'exec signal ''2') _goflow_reply='any' ;;
    'exec mark ''1') _goflow_reply='live execution_id' ;;
    'exec update ''1') _goflow_reply='live execution_id' ;;
    'exec update-status ''1') _goflow_reply='live execution_id' ;;
    'exec delete '*) _goflow_reply='live execution_id' ;;
    'exec stats ''1') _goflow_reply='live workflow_id' ;;
    'exec export '*) _goflow_reply='live execution_id' ;;
    'exec diff ''1') _goflow_reply='live execution_id' ;;
    'exec diff ''2') _goflow_reply='live execution_id' ;;
    'instance create ''1') _goflow_reply='any' ;;
    'instance show ''1') _goflow_reply='live instance_id' ;;
    'instance update ''1') _goflow_reply='live instance_id' ;;
    'instance delete '*) _goflow_reply='live instance_id' ;;
    'cred set ''1') _goflow_reply='live credential' ;;
    'cred get ''1') _goflow_reply='live credential' ;;
    'cred delete '*) _goflow_reply='live credential' ;;
    'cred rotate ''1') _goflow_reply='live credential' ;;
    'cred export ''1') _goflow_reply='file' ;;
    'cred export '*) _goflow_reply='live credential' ;;
    'cred import ''1') _goflow_reply='file' ;;
    'cred test ''1') _goflow_reply='live credential' ;;
    'blobs stat ''1') _goflow_reply='live blob' ;;
    'blobs get ''1') _goflow_reply='live blob' ;;
    'blobs put ''1') _goflow_reply='file' ;;
    'blobs rm '*) _goflow_reply='live blob' ;;
    'blobs verify '*) _goflow_reply='live blob' ;;
    'schedule next '*) _goflow_reply='live workflow_id' ;;
    'schedule enable '*) _goflow_reply='live workflow_id' ;;
    'schedule disable '*) _goflow_reply='live workflow_id' ;;
    'schedule run '*) _goflow_reply='live workflow_id' ;;
    'schedule install '*) _goflow_reply='live workflow_id' ;;
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
