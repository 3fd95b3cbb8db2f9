#!/bin/sh
# Chromium for the tests in a browser. Where it cannot be had, those tests say so themselves.
set -u
browser=${BROWSER:-/usr/bin/chromium}
[ -x "$browser" ] && exit 0
[ -n "${PORTAL_NO_BROWSER:-}" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Browser for the tests: installing Debian's chromium"
    { apt-get update -q && apt-get install -qy --no-install-recommends chromium; } >/dev/null 2>&1 ||
        echo "chromium could not be installed; tests in a browser will fail. PORTAL_NO_BROWSER=1 leaves them out."
fi
exit 0
