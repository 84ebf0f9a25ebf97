#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Checks what each compilation of the build $1 took, at its last time, against a budget: $2 seconds of
# processor, $3 MiB of memory. Prints the ten dearest. 77 where compilations were not measured, without
# the program `time`.
set -eu
costs=$1/unit_costs
if [ ! -s "$costs" ]; then
    echo "unit_budget: $costs: nothing was measured; expected a build with the program time"
    exit 77
fi
# One that a compiler cache answered took next to nothing: what it took before stands.
awk -v seconds="$2" -v mebibytes="$3" '
    NF == 3 && ($1 > 0.2 || !($3 in time)) { time[$3] = $1; memory[$3] = $2 / 1024 }
    END {
        for (unit in time) {
            printf "%7.1f s %6.0f MiB  %s\n", time[unit], memory[unit], unit | "sort -rn | head -n 10"
            if (time[unit] > seconds + 0 || memory[unit] > mebibytes + 0)
                over = over sprintf("%s: took %.1f s and %.0f MiB; expected at most %d s and %d MiB\n",
                                    unit, time[unit], memory[unit], seconds, mebibytes)
        }
        close("sort -rn | head -n 10")
        printf "%s", over
        exit over != ""
    }' "$costs"
