#!/usr/bin/env bash
# Run one of the jobs of action.yml in the portfolio of this folder: run.sh JOB
# Only these names are known; nothing of a pull request or an issue ever stands here.
#   GITHUB_EVENT_NAME  what started it: why something is published
set -euo pipefail
here=$(dirname "$(realpath "$0")")

case "${1:-}" in
  check | drift | form) exec bash "$here/$1.sh" ;;
  comment) exec python3 "$here/github.py" comment "$RUNNER_TEMP/report" ;;
  build) exec omnigrid build ;;
  publish)
    case "${GITHUB_EVENT_NAME:-}" in
      push) reason=edit ;;
      schedule) reason=schedule ;;
      *) reason=manual ;;
    esac
    exec omnigrid publish --reason "$reason"
    ;;
  *)
    echo "There is no job \"${1:-}\": write build, check, comment, drift, form or publish." >&2
    exit 2
    ;;
esac
