#!/usr/bin/env bash
# Makes python/.venv, the virtual environment of the Python tests: what requirements.txt pins, and a torch without CUDA. It is kept and made
# anew when the pins, this file or the interpreter change. Needs a Debian package or two: as root, or with sudo.
#
# The registry's torch for Linux brings several gigabytes of CUDA. Debian's is for the CPU and takes 150 MB, so that one is used where it can
# be, with Debian's Python, and seen from the virtual environment; the pinned packages come before Debian's. Elsewhere the registry's is installed.
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
apt_install() {
  echo "installing $*"
  as_root apt-get update -q >/dev/null && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null
}

debian() { command -v apt-get >/dev/null && [ -e /etc/debian_version ]; }
python=${PYTHON:-python3}
if [ -z "${PYTHON:-}" ] && debian; then
  python=/usr/bin/python3
  missing=()
  "$python" -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3 python3-venv)
  "$python" -c 'import torch' 2>/dev/null || missing+=(python3-torch)
  [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}" || echo 'apt-get could not: going on without'
fi

key=$(cat tests/requirements.txt tests/venv.sh <("$python" -VV) | sha256sum)
if [ "$(cat .venv/made-of 2>/dev/null)" = "$key" ] && .venv/bin/python -c ''; then exit; fi

echo "making python/.venv"
rm -rf .venv
"$python" -m venv --system-site-packages .venv
.venv/bin/pip install -q --disable-pip-version-check --no-deps --ignore-installed -r tests/requirements.txt
.venv/bin/python -c 'import torch' 2>/dev/null || .venv/bin/pip install -q --disable-pip-version-check torch==2.15.0
echo "$key" >.venv/made-of
