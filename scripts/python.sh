#!/usr/bin/env bash
# Print the path of a Python that is new enough, or say what to do.
set -euo pipefail

for name in ${PYTHON_COMMAND:-} python3 python3.13 python3.12 python3.11 python; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$name"
        exit 0
    fi
done
echo "Python 3.11 or newer is needed. Install it, or name it: make PYTHON_COMMAND=/path/to/python3.11" >&2
exit 1
