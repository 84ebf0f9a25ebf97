#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Checks examples/catalogue.awk in the folder $1: escapes, numbers, tags, continued lines, and a
# last record without an end.
set -eu

records()
{
    printf 'Package: a\\b"c\001\tz\nSize: 012\nInstalled-Size: 7\nX-Other: no\n'
    printf 'Description: first\n "second" \\u0041\n .\n caf\303\251\n'
    printf 'Tag: one::two, three,\n four\n\n\n\n'
    printf 'Package: last'
}

expected='{"Package":"a\\b\"c\u0001\u0009z","Size":"012","Installed-Size":7,"Description":"first\u000a\"second\" \\u0041\u000a\u000acafé","Tag":["one::two","three","four"]}
{"Package":"last"}'

got=$(records | awk -f "$1/catalogue.awk")
if [ "$got" != "$expected" ]; then
    printf 'expected: %s\ngot:      %s\n' "$expected" "$got"
    exit 1
fi
