#!/bin/bash
# Runs fuzz targets for some seconds each. What is worth keeping grows under build/fuzz/found; an
# input that crashes a target is left there as crash-*, and becomes a unit test.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=$1
shift

for name in "$@"; do
  found=build/fuzz/found/$name
  mkdir -p "$found"
  echo "fuzz: $name for $seconds s"
  build/fuzz/tests/fuzz/"${name}_fuzz" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 \
    -verbosity=0 -print_final_stats=1 -artifact_prefix="$found/crash-" \
    "$found" "tests/fuzz/corpus/$name"
done
