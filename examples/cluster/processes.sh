# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # variables of the script `cluster`, which reads this

# Processes that outlive the script. Each has a file in $home/run, with its id and when it was started, so that no
# other process is taken for it.

# A process that has ended and is not waited for yet counts as gone.
started_at() { sed 's/.*) //; /^Z/d' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20; }

# runs PROCESS: whether it is there, and is ours; sets id.
runs()
{
    [ -e "$home/run/$1" ] || return 1
    read -r id since <"$home/run/$1"
    [ -n "$since" ] && [ "$(started_at "$id")" = "$since" ]
}

# begin PROCESS COMMAND...
begin()
{
    process=$1
    shift
    if runs "$process"; then return 0; fi
    (cd "$home" && exec setsid "$@") >>"$home/log/$process" 2>&1 </dev/null &
    printf '%s %s\n' $! "$(started_at $!)" >"$home/run/$process"
}

# end SIGNAL PROCESS...: sends it to those that run, stopped or not, and waits until they are gone.
end()
{
    signal=$1
    shift
    for process; do
        if runs "$process"; then { kill -s "$signal" "$id" && kill -s CONT "$id"; } 2>/dev/null || true; fi
    done
    for process; do
        tries=0
        while runs "$process"; do
            tries=$((tries + 1))
            if [ $tries -gt 600 ]; then die "$process: does not end; see $home/log/$process"; fi
            sleep 0.1
        done
        rm -f "$home/run/$process"
    done
}
