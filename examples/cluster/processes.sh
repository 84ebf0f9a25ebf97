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
    (umask 077 && cd "$home" && exec setsid "$@" >>"$home/log/$process" 2>&1 </dev/null) &
    printf '%s %s\n' $! "$(started_at $!)" >"$home/run/$process"
}

# family_of ID: the processes that it has begun, and those that these have, each with when it was started.
family_of()
{
    for child in $(cat "/proc/$1/task/"*/children 2>/dev/null); do
        echo "$child $(started_at "$child")"
        family_of "$child"
    done
}

# kill_same: those of a family that are there still
kill_same()
{
    while read -r id since; do
        if [ -n "$since" ] && [ "$(started_at "$id")" = "$since" ]; then kill -s KILL "$id" 2>/dev/null || true; fi
    done
}

# end SIGNAL PROCESS...: sends it to those that run, stopped or not, and waits until they are gone. What is there
# after a minute is killed.
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
            if [ $tries -eq 600 ]; then
                say "$process: has not ended within 60 s, and is killed; see $home/log/$process" >&2
                kill -s KILL "$id" 2>/dev/null || true
            elif [ $tries -gt 700 ]; then
                die "$process: cannot be killed"
            fi
            sleep 0.1
        done
        rm -f "$home/run/$process"
    done
}
