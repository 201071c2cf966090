#!/usr/bin/env bash
# Look whether somebody changed what was published: build, compare, publish nothing.
# Ends with 3 where a target was changed by hand, is blocked or out of reach, otherwise with 0, or
# with the code of a comparison that could not be made.
set -euo pipefail
here=$(dirname "$(realpath "$0")")

found=${RUNNER_TEMP:?}/drift.json
code=0
omnigrid status --json >"$found" || code=$?
python3 "$here/drift.py" "$found" "$code" >>"${GITHUB_STEP_SUMMARY:?}"
