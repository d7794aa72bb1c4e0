#!/bin/bash
# The image of a stand-in for an EC2 host: Debian, dressed up as Amazon Linux.
#
# usage: host.sh NAME:TAG FILES WORK
set -euo pipefail
image=$1 files=$2 name=vsc-boot-dress

docker rm --force "$name" 2> /dev/null || true
docker run --name "$name" --network none --volume "$files:/files:ro" vsc-boot/debian:12 bash /files/host/dress
docker commit -c 'CMD ["/sbin/init"]' "$name" "$image"
docker rm "$name"
