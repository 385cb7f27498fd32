#!/usr/bin/env bash
# Try out a built bundle: version, a new store and its status, a worker process, and the window, which closes itself.
set -euo pipefail

hocba=$1
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
export HOCBA_PASSWORD="thu-goi-phan-mem-1" HOCBA_KEY_FILE_ONLY=1 QT_QPA_PLATFORM=offscreen

"$hocba" --version
"$hocba" --data "$data/store" init --school "Trường Tiểu học Thử Nghiệm" --code 00000001 --commune "Xã Thử" \
    --province "Tỉnh Thử" --year 2023-2024 --admin quantri --json >/dev/null
"$hocba" --data "$data/store" --user quantri status --json
"$hocba" --data "$data/store" tokens --json
HOCBA_SMOKE=1 timeout 60 "$hocba" --data "$data/store"
echo "The bundle works: version, init, status, tokens, window."
