#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Runs the program $1, which has a planted fault: it must find it, keep the input, and fail on that again.
set -eu
program=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"

fail() { printf '%s\n' "planted: $*" >&2; exit 1; }

if "$program" --rounds 3000 >said 2>&1; then fail 'nothing was found; expected the planted fault'; fi
grep -q 'does not hold: planted' said || fail "$(cat said): expected the property that did not hold"
[ -s replay_planted.found ] || fail 'the input was not kept'
mv replay_planted.found found
if "$program" found 2>/dev/null; then fail 'the input that was kept is harmless; expected the fault'; fi
printf harmless >harmless
"$program" harmless || fail 'a harmless input fails; expected nothing of it'
