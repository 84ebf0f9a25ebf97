#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Builds and tests a new component with the sanitizers, with the Penstock in $1. The host refuses it, and the
# command that the refusal gives makes it fit.
set -eu
prefix=$1
. "$(dirname "$0")/newcomer.sh"

fail() { printf '%s\n' "presets: $*" >&2; exit 1; }

penstock new component shout >/dev/null
cd shout
cmake --preset asan >log && cmake --build --preset asan >>log || { cat log; fail 'asan: did not build'; }
[ -s build/asan/compile_commands.json ] || fail 'asan: has no compile_commands.json'
[ "$(grep -c 'shout.cpp.o -c' build/asan/compile_commands.json)" = 1 ] ||
    fail 'compile_commands.json: expected shout.cpp compiled once'
ctest --preset asan >>log || { cat log; fail 'asan: its tests failed'; }
grep -q 'tests passed, 0 tests failed' log || { cat log; fail 'asan: expected its tests to run'; }

if penstock package install build/asan/packages/shout.so 2>said; then fail 'expected it refused'; fi
grep -q 'is built with the sanitizer "address"' said || fail "$(cat said): expected the sanitizer"
command=$(sed -n 's/.*; build it anew: //p' said)
[ -n "$command" ] || fail "$(cat said): expected what makes it fit"
sh -ec "$command" >>log 2>&1 || { cat log; fail "$command: failed"; }
penstock package install build/packages/shout.so >/dev/null
