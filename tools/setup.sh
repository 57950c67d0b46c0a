#!/bin/sh
# Creates a virtual environment with exactly what the lock files pin, and installs feedsvc in it.
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
    found=$("${PYTHON:-python3}" --version 2>/dev/null || echo "not installed")
    fail "Python 3.11 or later is required (${PYTHON:-python3} is $found): install it, or set PYTHON=/path/to/python"
}

if [ ! -x "$venv/bin/python" ]; then
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "Python's venv module is required: install it (Debian, Ubuntu: apt install python3-venv)"
    echo "feedsvc: setting up $venv with $("$python" --version)"
    "$python" -m venv "$venv"
fi

pip() {
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --use-pep517 "$@"
}

# The locks are complete, so pip need not resolve them. With --no-deps it does not: releases before 24 would resolve
# an extra (coverage[toml]) regardless of the lock, and then fail because its newest release has no hash there.
for lock in "$@"; do
    echo "feedsvc: installing $lock"
    pip --no-deps --require-hashes -r "$lock"
done
pip --no-deps --no-build-isolation -e .
"$venv/bin/python" -m pip --disable-pip-version-check check >/dev/null ||
    fail "$venv is incomplete: run \"$venv/bin/python -m pip check\" to see what is missing, then \"make lock\""
