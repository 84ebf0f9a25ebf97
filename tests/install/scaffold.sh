#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Makes a component of the category $2 (named $4) in an empty folder, with nothing but what is in $1
# and the compiler $3: builds, tests, installs, runs a graph with it, and removes it again.
set -eu
prefix=$1 category=$2 compiler=$3
name=${4:-c_1_a_123b}

fail() { printf '%s\n' "scaffold: $*" >&2; exit 1; }

# The cache of the compiler stays where it is; all else is new.
if command -v ccache >/dev/null; then
    CCACHE_DIR=$(ccache --get-config cache_dir)
    CMAKE_CXX_COMPILER_LAUNCHER=ccache
    export CCACHE_DIR CMAKE_CXX_COMPILER_LAUNCHER
fi
place=$(mktemp -d)
host=
stop()
{
    status=$?
    if [ -n "$host" ]; then kill "$host" && wait "$host" || true; fi
    rm -rf "$place"
    exit $status
}
trap stop EXIT
cd "$place"
HOME=$place CXX=$compiler PATH=$prefix/bin:$PATH CCACHE_BASEDIR=$place CCACHE_NOHASHDIR=1
export HOME CXX PATH CCACHE_BASEDIR CCACHE_NOHASHDIR
unset XDG_DATA_HOME XDG_STATE_HOME

penstock new component $name --category "$category" >made
grep -q "made $name; next:" made || fail "$(cat made): expected what to do next"
cd $name
if grep -rn placeholder .; then fail 'a placeholder is left; expected the name in its place'; fi

.ci/run >log 2>&1 || { cat log; fail '.ci/run: failed'; }
if grep -n 'warning' log; then fail 'the build warns; expected no word of it'; fi
for test in "packages/$name/validate/$name.json" "packages/$name/test/$name.test.json" \
    "packages/$name/documentation/README.md"; do
    grep -q "$test .*Passed" log || { cat log; fail "$test: did not run; expected it to pass"; }
done
[ "$(find build -name '*.so')" = build/packages/$name.so ] || fail 'build: expected exactly one .so'

penstock package install build/packages/$name.so >said
grep -q "^installed $name 0.1.0: $place/" said || fail "$(cat said): expected it installed"
rm -rf build said
mkfifo said
penstock run $name.json --listen 127.0.0.1:0 2>said &
host=$!
exec 3<said
url=
while [ -z "$url" ] && read -r line <&3; do
    case $line in *'listening on '*) url=${line##*listening on } ;; esac
done
[ -n "$url" ] || fail "$name.json: the host did not start"
penstock push data --to "$url" --ack processed >/dev/null
kill "$host"
wait "$host" || fail 'the host kept something; expected all of it worked off'
host=
[ -s $name.ndjson ] || fail "$name.ndjson: nothing came out of the graph"

penstock validate $name.json >/dev/null
penstock package remove $name >/dev/null
! penstock validate $name.json 2>/dev/null || fail 'the package is gone; expected its graph refused'
