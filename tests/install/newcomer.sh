# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Is read by scripts that do what a page tells its reader. Puts them into an empty home, with the Penstock that is
# installed in $prefix in the path, and, where this machine allows it, with all ports to themselves.
case " $* " in
    *' alone ') ip link set lo up ;;
    *) if unshare -rn ip link set lo up 2>/dev/null; then exec unshare -rn sh "$0" "$@" alone; fi ;;
esac

if command -v ccache >/dev/null; then
    CCACHE_DIR=$(ccache --get-config cache_dir)
    CMAKE_CXX_COMPILER_LAUNCHER=ccache
    export CCACHE_DIR CMAKE_CXX_COMPILER_LAUNCHER
fi
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
HOME=$place PATH=$prefix/bin:$PATH CCACHE_BASEDIR=$place CCACHE_NOHASHDIR=1
export HOME PATH CCACHE_BASEDIR CCACHE_NOHASHDIR
unset XDG_DATA_HOME XDG_STATE_HOME
