#!/usr/bin/env bash
# Check a pull request: annotations on its lines, a summary of what it changes, and a report for
# the workflow that comments. Needs no right but to read.
#   BASE          the commit to compare with; default: the first parent of HEAD
#   PULL_REQUEST  the number of the pull request; empty outside of one
set -euo pipefail

report=${RUNNER_TEMP:?}/report
mkdir -p "$report"
base=${BASE:-$(git rev-parse --quiet --verify 'HEAD^1' || true)}

code=0
omnigrid check --format github || code=$?

{
  if [ "$code" = 0 ]; then
    echo "## The portfolio can be built"
  else
    echo "## The portfolio has faults"
    echo
    echo "Each line says where, and behind it what is wrong. They stand beside the changed lines as well."
    echo
    (omnigrid --quiet check --format concise || true) | head -n 100 | cut -c 1-500 | sed 's/^/    /'
  fi
  echo
  if [ -z "$base" ]; then
    echo "There is no earlier commit to compare with."
  elif ! omnigrid --quiet diff "$base" --format markdown 2>"$RUNNER_TEMP/diff.err"; then
    echo "What the change does to the portfolio is shown when the faults are gone."
    cat "$RUNNER_TEMP/diff.err" >&2
  fi
} >"$RUNNER_TEMP/summary.md"

head -c 60000 "$RUNNER_TEMP/summary.md" | iconv -c -f UTF-8 -t UTF-8 >"$report/report.md"
cat "$report/report.md" >>"${GITHUB_STEP_SUMMARY:?}"
if [[ ${PULL_REQUEST:-} =~ ^[0-9]+$ ]]; then
  echo "$PULL_REQUEST" >"$report/number"
fi
exit "$code"
