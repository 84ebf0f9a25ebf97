#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Does what the page docs/scale.md of the tree $1 tells of the example with failover: the commands as they are
# printed, with the programs in $2. It has processes and a network of its own, and they end with it; where these
# cannot be had, it is skipped (77).
set -eu
tree=$1 programs=$2

if [ -z "${3:-}" ]; then
    alone='unshare --net --mount --pid --fork --kill-child --mount-proc'
    $alone true 2>/dev/null || { echo 'skipped: no namespaces; root was expected'; exit 77; }
    place=$(mktemp -d)
    chmod 711 "$place"
    child=
    trap 'if [ -n "$child" ]; then kill -s KILL "$child" 2>/dev/null || true; fi; rm -rf "$place"' EXIT
    trap 'exit 1' INT TERM HUP
    $alone sh "$0" "$tree" "$programs" "$place" &
    child=$!
    code=0
    wait $child || code=$?
    child=
    exit $code
fi

place=$3
ip link set lo up
export CLUSTER_HOME="$place/cluster" PENSTOCK="$programs/penstock" PATH="$programs:$PATH" XDG_STATE_HOME="$place"
cd "$place"
ln -s "$tree/examples" examples

fail()
{
    cat done.log
    echo "$*"
    exit 1
}

awk '/^### An example with failover$/ { here = 1 } /^### / && !/failover/ { here = 0 }
    /^```sh$/ { inside = here; next } /^```/ { inside = 0 } inside' "$tree/docs/scale.md" >steps.sh
: >done.log
[ "$(grep -c cluster/cluster steps.sh)" = 6 ] || fail 'docs/scale.md: expected its commands'
[ "$(tail -n 1 steps.sh)" = 'examples/cluster/cluster stop' ] || fail 'docs/scale.md: expected stop at last'
sed '$d' steps.sh >before_stop.sh
sh -e before_stop.sh >done.log 2>&1 || { tail -n 20 cluster/log/*patroni cluster/log/host*; fail 'expected success'; }
for expected in 'requests are accepted at http://127.0.75.1:8080' 'is a standby, sync'; do
    grep -q "$expected" done.log || fail "expected $expected"
done
case $(sed -n 's/ is the primary$//p' done.log | tr '\n' ' ') in
    '127.0.75.11 127.0.75.12 ' | '127.0.75.11 127.0.75.13 ') ;;
    *) fail 'expected db1 as the primary, and then another one' ;;
esac

# Both are done in the end. What the killed host has delivered may be delivered again.
until=$(($(date +%s) + 30))
until [ -e cluster/orders.ndjson ] && [ "$(grep -cFx '{"order":1}' cluster/orders.ndjson)" -ge 2 ]; do
    if [ "$(date +%s)" -gt $until ]; then fail "expected two orders: $(cat cluster/orders.ndjson)"; fi
    sleep 0.2
done
examples/cluster/cluster stop >>done.log 2>&1 || fail 'expected a stop'
if grep -vFx '{"order":1}' cluster/orders.ndjson; then fail 'expected no other orders'; fi
if [ -n "$(find cluster/log cluster/orders.ndjson -perm /077)" ]; then fail 'expected files for one user alone'; fi
