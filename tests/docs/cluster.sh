#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Does what the page docs/scale.md of the tree $1 tells of the example with failover: the commands as they are
# printed, with the programs in $2. Root has processes and a network of its own for that, where that is allowed, and
# they end with it.
set -eu
tree=$1 programs=$2
alone='unshare --net --mount --pid --fork --kill-child --mount-proc'
if [ "${3:-}" = alone ]; then ip link set lo up
elif [ "$(id -u)" -eq 0 ] && $alone true 2>/dev/null; then exec $alone sh "$0" "$@" alone
fi
place=$(mktemp -d)
chmod 711 "$place"
export CLUSTER_HOME="$place/cluster" PENSTOCK="$programs/penstock" PATH="$programs:$PATH" XDG_STATE_HOME="$place"
trap '"$tree/examples/cluster/cluster" stop || true; rm -rf "$place"' EXIT
cd "$place"
ln -s "$tree/examples" examples
awk '/^### An example with failover$/ { here = 1 } /^### / && !/failover/ { here = 0 }
    /^```sh$/ { inside = here; next } /^```/ { inside = 0 } inside' "$tree/docs/scale.md" >steps.sh
[ "$(grep -c cluster/cluster steps.sh)" = 5 ] || { echo "docs/scale.md: expected its commands" >&2; exit 1; }
sh -e steps.sh >done.log 2>&1 || { cat done.log; tail -n 20 cluster/log/*patroni cluster/log/host*; exit 1; }
for expected in 'requests are accepted at http://127.0.75.1:8080' 'is the primary' 'is a standby, sync'; do
    grep -q "$expected" done.log || { cat done.log; echo "expected $expected"; exit 1; }
done
[ "$(sort cluster/orders.ndjson | uniq -c | tr -s ' ')" = ' 2 {"order":1}' ] ||
    { cat done.log cluster/orders.ndjson; echo "expected two orders"; exit 1; }
