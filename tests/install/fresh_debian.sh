#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Installs the .deb files of the folder $1, as `./dev package` makes them, in a Debian 12 that has
# nothing else, from the mirror $2 or else this machine's, searches that Debian's documentation, and
# makes, builds, tests, installs and runs a component there. As root, with debootstrap; not among the tests, because it takes minutes and a
# network.
set -eu
debs=$1
mirror=${2:-$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Codename: bookworm' |
    head -n 1)}

if [ "${3:-}" != alone ]; then
    root=$(mktemp -d)
    trap 'rm -rf --one-file-system "$root"' EXIT
    debootstrap --variant=minbase bookworm "$root/debian" "$mirror"
    cp "$debs"/penstock*.deb "$root/debian/root/"
    # What is mounted in a namespace of its own is unmounted when that ends.
    unshare --mount --pid --fork sh "$0" "$root" "$mirror" alone
    exit
fi

mount -t proc proc "$debs/debian/proc"
chroot "$debs/debian" sh -euxc '
    export DEBIAN_FRONTEND=noninteractive
    cd /root
    apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends ./penstock_*.deb >/root/apt.log 2>&1 ||
        { tail /root/apt.log; exit 1; }
    penstock --version
    penstock inspect
    ! penstock new component shout
    apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends poppler-utils \
        $(ls ./penstock-*.deb | grep -v -e -dev_) >/root/apt.log 2>&1 || { tail /root/apt.log; exit 1; }
    penstock run /usr/share/penstock/examples/documents &
    until bash -c "exec 3<>/dev/tcp/127.0.0.1/8080
            printf \"GET /graphs/documents-search/data/page?q=license HTTP/1.0\r\nHost: localhost\r\n\r\n\" >&3
            grep \"<mark>\" <&3" >found.html; do sleep 1; done
    kill $!
    wait $!
    rm found.html
    apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends ./penstock-dev_*.deb >/root/apt.log 2>&1 ||
        { tail /root/apt.log; exit 1; }
    penstock new component shout
    cd shout
    cmake --preset release
    cmake --build --preset release
    ctest --preset release
    penstock package install build/packages/shout.so
    penstock run shout.json &
    penstock push data --ack processed
    kill $!
    wait $!
    cat shout.ndjson
    grep -q "another text!" shout.ndjson
    penstock package remove shout
    apt-get -qq purge -y penstock-dev penstock
    [ ! -e /usr/bin/penstock ] && [ ! -e /usr/lib/penstock ]
'
echo 'fresh_debian: everything worked'
