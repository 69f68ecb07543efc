#!/bin/bash
# Runs a first workflow in a home that is thrown away, and shows what goflow remembers of it.
set -euo pipefail
cd "$(dirname "$0")/.."
goflow=$1

export GOFLOW_HOME=build/demo
rm -rf "$GOFLOW_HOME"

show() {
  printf '\n$ goflow %s\n' "$*"
  "$goflow" "$@"
}

show exec run demo/first.yaml
show exec show @latest
printf '\nThe workflow is demo/first.yaml: change it and run it again.\n'
