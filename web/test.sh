#!/usr/bin/env bash
# Types, style and unit tests of the pages' sources, and tests of the built pages in headless Chromium. Installs Node, npm and Chromium where they
# are missing, as root or with sudo. Where that fails nothing is tested, said aloud; never with CI=true. With the argument "shots": only the pictures.
set -euo pipefail
cd "$(dirname "$0")"
without() {
  if [ "${CI:-}" = true ]; then
    echo "CI needs the tests of the pages: $1"
    exit 1
  fi
  echo "SKIPPED: the tests of the pages, $1"
  exit 0
}
install() { # PROGRAM PACKAGE...
  if command -v "$1" >/dev/null; then return; fi
  echo "no $1 for the tests of the pages: installing ${*:2}"
  local as=
  [ "$(id -u)" = 0 ] || as='sudo -n'
  { $as apt-get update -q && DEBIAN_FRONTEND=noninteractive $as apt-get install -y -q --no-install-recommends "${@:2}"; } >/dev/null || true
}
install npm nodejs npm
command -v npm >/dev/null || without 'for want of Node and npm'
node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)' ||
  without "which need Node 20.19 or later, not $(node --version)"
if [ ! node_modules/vitest/package.json -nt package-lock.json ]; then
  npm ci --loglevel=error || without 'whose packages could not be installed'
  touch node_modules/vitest/package.json
fi
if [ "${1:-browser}" = browser ]; then
  npm run --silent check
  npm run --silent test
fi
npm run --silent build
if [ -z "${CHROMIUM:-}" ]; then
  install chromium chromium fonts-liberation
  CHROMIUM=$(command -v chromium || true)
fi
[ -n "$CHROMIUM" ] || without 'for want of Chromium'
export CHROMIUM
${MAKE:-make} --no-print-directory -C .. bin/codesign
npm run --silent "${1:-browser}"
