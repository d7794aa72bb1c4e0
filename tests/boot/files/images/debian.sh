#!/bin/bash
# What the stand-in for an EC2 host is made from: Debian with systemd, what the packages of the
# template bring, the aws command line, and the published cfn-init.
#
# usage: debian.sh NAME:TAG FILES WORK
set -euo pipefail
image=$1 files=$2 work=$3
root=$work/root

# An earlier run that was cut short may have left these mounted.
umount --quiet "$root/proc" "$root/sys" || true
rm -rf "$work"
mkdir -p "$work/wheels"
packages=$(grep -v '^#' "$files/debian/packages.txt" | paste -sd,)
debootstrap --variant=minbase --include="$packages" bookworm "$root"

"$PYTHON" -m pip download --quiet --disable-pip-version-check --only-binary :all: \
  --python-version 3.11 --dest "$work/wheels" -r "$files/debian/python.txt"
mv "$work/wheels" "$root/wheels"
cp "$files/debian/python.txt" "$root/wheels"
chroot "$root" python3 -m venv /opt/aws/python
chroot "$root" /opt/aws/python/bin/pip install --quiet --no-index --find-links /wheels -r /wheels/python.txt
rm -r "$root/wheels"
ln -sf /opt/aws/python/bin/aws "$root/usr/bin/aws"

"$PYTHON" -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: \
  --dest "$work" aws-cfn-bootstrap==1.4-31
mkdir -p "$root/opt/aws/published"
tar -C "$root/opt/aws/published" --strip-components 1 -xf "$work"/aws-cfn-bootstrap-*.tar.gz

rm -rf "$root/var/cache/apt" "$root"/var/lib/apt/lists/* "$root/usr/share/doc" "$root/usr/share/man" "$root/usr/share/locale"
tar -C "$root" -c . | docker import - "$image"
rm -rf "$work"
