#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Checks the page $1 against the program $2: the configuration that it prints is read, and has settings in it
# that the program has, and each setting of its table is one.
set -eu
page=$1 program=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk '/^```json$/ { inside = 1; next } /^```/ { inside = 0 } inside' "$page" >"$work/penstock.json"
"$program" run --config "$work/penstock.json" --print-config >"$work/printed.json"
for expected in '"host_number": 1' '"peers": \["1=https://host1:8443","2=https' '"connections_per_address": 0'; do
    grep -q "$expected" "$work/printed.json" || { cat "$work/printed.json"; echo "expected $expected"; exit 1; }
done
awk '/^\| setting \| is \|$/ { inside = 1; next } !/^\|/ { inside = 0 } inside && /^\| `/ { print $2 }' "$page" |
    tr -d '`' >"$work/settings"
[ "$(wc -l <"$work/settings")" = 11 ] || { echo "$page: expected its tables of settings"; exit 1; }
while read -r setting; do
    grep -q "\"$setting\":" "$work/printed.json" || { echo "$page: $setting is no setting"; exit 1; }
done <"$work/settings"
