#!/bin/bash
# Runs the tests of one build folder, sums them up, and counts a test that was skipped as failed.
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1
summary=$build/Testing/summary.txt
outputs=$build/Testing/Temporary/LastTest.log

export TSAN_OPTIONS="suppressions=$PWD/tests/tsan.suppressions${TSAN_OPTIONS:+:$TSAN_OPTIONS}"

mkdir -p "${summary%/*}"
status=0
ctest --test-dir "$build" --parallel 2 --no-tests=error --output-on-failure | tee "$summary" ||
  status=$?

echo
echo "Test cases in $build:"
sed -n 's/^\[doctest\] test cases: */  /p' "$outputs"
if grep -q '^The following tests did not run' "$summary" ||
  grep -q '^\[doctest\] test cases:.*| *[1-9][0-9]* skipped' "$outputs"; then
  echo "error: a test was skipped, and what was skipped was not shown to work" >&2
  status=1
fi
exit "$status"
