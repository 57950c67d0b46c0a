#!/bin/sh
# Runs `make run` in an environment of its own and on a free port, waits until it serves seeds/, and stops it.
set -eu
cd "$(dirname "$0")/.."
port=$("${PYTHON:-python3}" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
folder=$(mktemp -d)
FEEDSVC_PORT=$port FEEDSVC_DATABASE_URL="sqlite+aiosqlite:///$folder/feedsvc.db" \
    setsid make run VENV="$folder/venv" >"$folder/log" 2>&1 &
group=$!

stop() {
    env kill -s TERM -- "-$group" 2>/dev/null || :
    wait "$group" 2>/dev/null || :
}
trap 'stop; rm -rf "$folder"' EXIT

tries=0
until curl -fs "http://127.0.0.1:$port/feeds/all.atom" 2>/dev/null | grep -q '<entry>'; do
    tries=$((tries + 1))
    if [ $tries -gt 300 ] || ! kill -0 "$group" 2>/dev/null; then
        cat "$folder/log" >&2
        echo "make run did not serve seeds/ on port $port" >&2
        exit 1
    fi
    sleep 1
done
echo "make run serves seeds/ ($("${PYTHON:-python3}" --version))"
