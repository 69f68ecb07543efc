#!/bin/bash
# Runs the tests of one build folder, sums them up, and counts a test that was skipped as failed.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1

status=0
ctest --test-dir "$build" --parallel 2 --no-tests=error --output-on-failure || status=$?

log=$build/Testing/Temporary/LastTest.log
echo
echo "Test cases of $build:"
sed -n 's/\x1b\[[0-9;]*m//g; s/^\[doctest\] test cases: */  /p' "$log"
if grep -E '^\[doctest\] test cases:.*\| *[1-9][0-9]* skipped|^Test (Skipped|Disabled)|^Disabled' "$log"; then
  echo "error: a test was skipped, and what was skipped was not shown to work" >&2
  status=1
fi
exit "$status"
