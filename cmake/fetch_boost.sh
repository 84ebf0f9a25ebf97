#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Fetches the sources of Boost.Context and Boost.Fiber from Debian into the folder $1, for sanitizer
# builds. The system's own apt configuration is read, not changed.
set -eu
if [ -d "$1/libs/fiber/src" ]; then exit 0; fi
mkdir -p "$1/lists/partial"
cd "$1"
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Codename: bookworm' |
    head -n 1)
if [ -z "$mirror" ]; then
    echo "fetch_boost: apt: no lists of bookworm; expected those of apt-get update" >&2
    exit 1
fi
echo "deb-src $mirror bookworm main" >sources.list
set -- -q -o Dir::Etc::sourcelist="$PWD/sources.list" -o Dir::Etc::sourceparts=- \
    -o Dir::State::lists="$PWD/lists" -o APT::Sandbox::User=
apt-get "$@" update
apt-get "$@" source --download-only boost1.81
tar -xf boost1.81_*.orig.tar.xz --strip-components=1 boost/libs/context/src boost/libs/fiber/src
rm -rf lists boost1.81_*
