#!/bin/sh
# Makes .venv from requirements.lock.  Called by `make setup`; PYTHON chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}

say() { echo "setup: $*"; }
stop() { echo "setup: $*" >&2; exit 1; }

command -v "$python" >/dev/null 2>&1 ||
    stop "no $python on this machine: install Python 3.11 or newer, or name one with 'make setup PYTHON=/path/to/python3'."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "$python is $("$python" -V 2>&1), but Openline needs 3.11 or newer: name one with 'make setup PYTHON=/path/to/python3'."

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "$python cannot make environments yet: installing Debian's python3-venv"
        { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y python3-venv; } >/dev/null ||
            stop "apt-get could not install python3-venv: install it by hand and run 'make setup' again."
    fi
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        stop "$python cannot make environments: install its venv package (Debian: 'apt-get install python3-venv' as root) and run 'make setup' again."
fi

say "making .venv with $("$python" -V)"
"$python" -m venv .venv
say "installing what requirements.lock names (about a minute)"
.venv/bin/python -m pip install -qq --require-hashes -r requirements.lock
.venv/bin/python -m pip install -qq --no-deps --no-build-isolation -e .
say "done: .venv/bin/openline"
