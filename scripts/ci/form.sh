#!/usr/bin/env bash
# Turn an accepted issue form into a pull request. The issue is only ever read as data, by
# `omnigrid form` from the file of the event; no word of it stands in a command, a path or a branch.
#   ISSUE  the number of the issue
set -euo pipefail
here=$(dirname "$(realpath "$0")")

if ! [[ ${ISSUE:-} =~ ^[0-9]+$ ]]; then
  echo "ISSUE is not a number" >&2
  exit 2
fi
branch=form/issue-$ISSUE
said=${RUNNER_TEMP:?}/form.txt

if ! path=$(omnigrid form "${GITHUB_EVENT_PATH:?}" 2>"$said"); then
  cat "$said" >&2
  python3 "$here/github.py" refuse "$ISSUE" "$said"
  exit 1
fi
cat "$said" >&2

git switch --quiet --create "$branch"
git add -- "$path"
git -c user.name="omnigrid" -c user.email="omnigrid@users.noreply.github.com" \
  commit --quiet --message "Add what issue #$ISSUE asks for"
git push --quiet origin "HEAD:refs/heads/$branch"
python3 "$here/github.py" propose "$branch" "$ISSUE"
