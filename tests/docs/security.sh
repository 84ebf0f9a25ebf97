#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Does what the page $1 tells who opens a host to others, in an empty folder, with the program in $2/bin and
# the packages in $3: the commands exactly as they are printed.
set -eu
page=$1 prefix=$2 packages=$3
. "$(dirname "$0")/../install/newcomer.sh"
unset PENSTOCK_TOKEN
mkdir -p .local/share/penstock
ln -s "$packages" .local/share/penstock/packages
cat >graph.json <<'GRAPH'
{ "penstock": 1, "name": "g", "nodes": { "read": { "component": "json/read" }, "end": { "component": "debug/null" } },
  "edges": [{ "from": "read.out", "to": "end.in" }] }
GRAPH
echo '[{"a": 1}, {"a": 2}]' >data.json

awk '/^```sh$/ { inside = 1; next } /^```/ { inside = 0 } inside' "$page" >steps.sh
[ "$(grep -c '^penstock' steps.sh)" = 4 ] || { echo "$page: expected its commands" >&2; exit 1; }
cat >>steps.sh <<'REST'
host=$!
penstock receipt x --to https://localhost:8443 --ca certificate.pem --token-file sender.token && exit 1
penstock dead list --to https://localhost:8443 --ca certificate.pem --token-file operator.token
kill $host
wait $host
REST
sh -e steps.sh >done.log 2>&1 || { cat done.log; exit 1; }
for expected in 'g: 1 accepted, 2 delivered' 'the scope read was expected' 'listening on https://'; do
    grep -q "$expected" done.log || { cat done.log; echo "expected $expected"; exit 1; }
done
