#!/usr/bin/env bash
# Make the virtual environment with exactly the packages of requirements.lock, every one checked by its hash.
set -euo pipefail

venv=$1
if [[ ! -x $venv/bin/python ]]; then
    "$(scripts/python.sh)" -m venv "$venv"
fi
echo "Installing the pinned packages into $venv ..."
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
# The project itself, for the `hocba` command: nothing is downloaded for it.
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
