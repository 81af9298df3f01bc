#!/bin/sh
# Fetches the browser that the tests of the desk run in, where this machine has none and we may install it.
set -eu
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "browser: installing Debian's chromium"
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y chromium; } >/dev/null 2>&1 && exit 0
    echo "browser: apt-get could not install chromium" >&2
fi
echo "browser: this machine has no Chromium, so the tests of the page are not run: install it (Debian: 'apt-get install chromium' as root)."
