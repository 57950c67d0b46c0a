#!/bin/sh
# Makes a virtual environment with exactly what lock files pin, and feedsvc in it.
# Usage: tools/setup.sh VENV LOCK… (PYTHON=… chooses the interpreter)
set -eu
venv=$1
shift

fail() {
    echo "feedsvc: $*" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    found=$("${PYTHON:-python3}" --version 2>/dev/null || echo "not there")
    fail "Python 3.11 or newer is needed (${PYTHON:-python3} is $found): install it, or set PYTHON=/path/to/python"
}

if [ ! -x "$venv/bin/python" ]; then
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "Python's venv module is needed: install it (Debian, Ubuntu: apt install python3-venv)"
    echo "feedsvc: setting up $venv with $("$python" --version)"
    "$python" -m venv "$venv"
fi

pip() {
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --use-pep517 "$@"
}

# A lock is complete. With --no-deps pip does not resolve again: releases before 24 resolve an extra
# (coverage[toml]) without regard to the lock, and then miss the hash of the newest release.
for lock in "$@"; do
    echo "feedsvc: installing $lock"
    pip --no-deps --require-hashes -r "$lock"
done
pip --no-deps --no-build-isolation -e .
"$venv/bin/python" -m pip --disable-pip-version-check check >/dev/null ||
    fail "$venv is incomplete: run \"$venv/bin/python -m pip check\" to see what is missing, then \"make lock\""
