#!/usr/bin/env bash
# Install omnigrid from its own checkout into a virtual environment, with the pinned packages:
#   install.sh VENV
set -euo pipefail
venv=$(realpath -m "$1")
cd "$(dirname "$0")/../.."

export PIP_DISABLE_PIP_VERSION_CHECK=1
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --require-hashes -r requirements/build.txt
"$venv/bin/python" -m pip install --quiet --require-hashes -r requirements/runtime.txt
"$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation .
