#!/usr/bin/env bash
# Builds the pages' scripts and styles into web/dist where Node and npm are. Where they are not, or the packages cannot be had, it says what the
# binary goes without. It fails for faults of the sources only.
set -euo pipefail
cd "$(dirname "$0")"
without() {
  echo "SKIPPED: the interactive pages, $1. Reports have static figures instead."
  exit 0
}
command -v node >/dev/null && command -v npm >/dev/null || without 'for want of Node and npm'
node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)' ||
  without "which need Node 20.19 or later, not $(node --version)"
if [ -f dist/report.js ] && [ -z "$(find src build.mjs package-lock.json build.sh -newer dist/report.js)" ]; then exit 0; fi
if [ ! package-lock.json -ot node_modules/.package-lock.json ]; then
  timeout 300 npm ci --omit=dev --fetch-retries=0 --loglevel=silent || without 'whose packages could not be installed'
fi
npm run --silent build
