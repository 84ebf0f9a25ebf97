# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables of the script `cluster`, which reads this

# The network of the databases with CLUSTER_APART=1: a namespace is a machine, and a bridge joins them.

# The file $home/run/network says that it is ours: its names are those of the whole machine.
lay_network()
{
    if [ "$apart" != 1 ]; then return 0; fi
    is_root || die 'CLUSTER_APART: only root makes network namespaces; expected root'
    if ip link show penstock >/dev/null 2>&1 || ip netns list | grep -q '^penstock-db'; then
        [ -e "$home/run/network" ] || die 'penstock: a network of that name is there; expected none, or that of this cluster'
        return 0
    fi
    : >"$home/run/network"
    ip link add penstock type bridge
    ip address add 10.75.0.1/24 dev penstock
    ip link set penstock up
    for machine in $databases; do
        ip netns add "penstock-$machine"
        ip link add "penstock-$machine" type veth peer name eth0 netns "penstock-$machine"
        ip link set "penstock-$machine" master penstock up
        ip -n "penstock-$machine" address add "$(address "$machine")/24" dev eth0
        ip -n "penstock-$machine" link set eth0 up
        ip -n "penstock-$machine" link set lo up
    done
}

take_network_down()
{
    if [ ! -e "$home/run/network" ]; then return 0; fi
    for machine in $databases; do ip netns delete "penstock-$machine" || true; done
    ip link delete penstock || true
    rm -f "$home/run/network"
}

# link up|down MACHINE...
link()
{
    state=$1
    shift
    [ "$apart" = 1 ] || die "expected CLUSTER_APART=1, which gives the databases a network"
    for machine; do
        case $machine in db*) ip link set "penstock-$machine" "$state" ;; esac
    done
}
