#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Does what the README of a new project says, in an empty folder, with the Penstock that is installed in
# $1: `penstock new $2`, then each command as it is printed. Something must come out of its graph.
set -eu
prefix=$1 kind=$2
. "$(dirname "$0")/newcomer.sh"

penstock new "$kind" shout
cd shout
{
    awk '/^```sh$/ { on = 1; next } /^```/ { on = 0 } on' README.md
    echo 'wait $!' # the host; it has worked off what it took
} >../steps.sh
[ "$(grep -c penstock ../steps.sh)" -gt 2 ] || { echo 'README.md: expected commands in it' >&2; exit 1; }
sh -ex ../steps.sh >../done.log 2>&1 || { cat ../done.log; exit 1; }
[ "$(wc -l <shout.ndjson)" = "$(grep -c '"text"' data/records.json)" ] || {
    cat ../done.log shout.ndjson
    echo 'shout.ndjson: expected a line for each record' >&2
    exit 1
}
