#!/bin/bash
# Installs what packages.txt lists and this machine lacks; says nothing when nothing is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v dpkg-query >/dev/null; then
  echo "setup: not a Debian system; packages.txt names what goflow needs, please install it" >&2
  exit 0
fi

mapfile -t wanted < <(sed 's/#.*//' packages.txt | tr -d '[:blank:]' | grep .)
# What an installed package provides is there too: the nodejs of others brings npm, and refuses Debian's.
mapfile -t missing < <(comm -23 <(printf '%s\n' "${wanted[@]}" | sort) \
  <(dpkg-query -W -f '${db:Status-Status} ${Package}, ${Provides}\n' "${wanted[@]}" 2>/dev/null |
    sed -n 's/^installed //p' | sed 's/([^)]*)//g' | tr -d ' ' | tr ',' '\n' | sort -u))
if ((${#missing[@]} == 0)); then exit 0; fi
echo "setup: installing ${missing[*]}"

as_root=()
if ((EUID != 0)); then as_root=(sudo); fi

apt_get() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" </dev/null >/dev/null
}
install_missing() { apt_get install -y --no-install-recommends "${missing[@]}"; }

# A fresh machine has no package lists and an old one has stale ones; both show as a failed attempt.
if ! install_missing 2>/dev/null; then
  apt_get update
  install_missing
fi
