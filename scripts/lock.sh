#!/usr/bin/env bash
# Write requirements.lock from pyproject.toml: universal, with hashes, without index addresses.
# Pins that still fit are kept; UPGRADE=1 takes the newest of everything.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"$(scripts/python.sh)" -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check uv
lock() {
    "$tools/bin/uv" pip compile ${UPGRADE:+--upgrade} --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --quiet "${@:2}" pyproject.toml -o "$1"
}
lock requirements.lock --extra dev
lock requirements-bench.lock --extra dev --extra bench --constraint requirements.lock
