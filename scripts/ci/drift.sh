#!/usr/bin/env bash
# Look whether somebody changed what was published: build, compare, publish nothing.
# Ends with 3 where a hosting repository was changed by hand, or with the code of the comparison.
set -euo pipefail
here=$(dirname "$(realpath "$0")")

found=${RUNNER_TEMP:?}/drift.json
code=0
omnigrid publish --dry-run --json >"$found" || code=$?
python3 "$here/drift.py" "$found" "$code" >>"${GITHUB_STEP_SUMMARY:?}"
