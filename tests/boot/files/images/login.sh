#!/bin/bash
# Apache for a preview, from Debian, with the paths of the official image. That has no driver of SQLite.
#
# usage: login.sh NAME:VERSION FILES WORK
set -euo pipefail
image=$1 name=vsc-boot-login

docker rm --force "$name" 2> /dev/null || true
docker run --name "$name" --network none vsc-boot/debian:12 sh -c '
  mkdir -p /usr/local/apache2/bin &&
  ln -s /usr/sbin/apache2 /usr/local/apache2/bin/httpd &&
  ln -s /usr/lib/apache2/modules /usr/local/apache2/modules &&
  rm -f /usr/lib/*/apr-util-1/apr_dbd_sqlite3*'
docker commit "$name" "$image"
docker rm "$name"
