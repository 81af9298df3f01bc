#!/bin/sh
# Builds the page of the desk into src/openline/desk/static.  Called by `make`; uses the machine's node, or fetches one.
set -eu
cd "$(dirname "$0")/.."

say() { echo "desk: $*"; }
stop() { echo "desk: not built: $* Everything but 'serve --desk' works without it." >&2; exit 1; }
usable() { command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'; }

PATH="$PATH:$PWD/.venv/bin"
if ! usable; then
    say "no node 18 or newer on this machine: fetching one into .venv"
    .venv/bin/python -m pip install -qq --require-hashes -r tools/node.lock ||
        stop "this machine has no node, and none could be fetched: install node and npm (Debian: 'apt-get install nodejs npm'), then run 'make' again."
    PATH="$PWD/.venv/bin:$PATH"
    usable || stop "the node in .venv does not run on this machine: install node 18 or newer, then run 'make' again."
fi

if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    say "fetching what package-lock.json names"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=silent >/dev/null 2>&1 ||
        stop "npm could not fetch what package-lock.json names ('npm ci' says why): connect to the network, then run 'make' again."
    touch node_modules/.package-lock.json
fi
node src/openline/desk/web/build.mjs || stop "esbuild found a fault in src/openline/desk/web."
touch src/openline/desk/static/.built
say "built src/openline/desk/static"
