#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Does what the page $1 says with the program $2 and the packages $3: its graphs in JSON and in YAML are runnable, its
# configuration is read, its commands are run, and the table says the same in each row.
set -eu
page=$1 program=$2
export PENSTOCK_PACKAGES="$3"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$program" "$work/bin/penstock"
export PATH="$work/bin:$PATH" HOME="$work" XDG_DATA_HOME=''
cd "$work"

# block LANGUAGE NUMBER: that block of code of the page.
block()
{
    awk -v begin="\`\`\`$1" -v wanted="$2" '
        $0 == begin { inside = ++count == wanted; next } /^```/ { inside = 0 } inside' "$page"
}
has()
{
    grep -qF -- "$2" "$1" || { cat "$1"; echo "expected $2"; exit 1; }
}
block json 1 >marks.json
block yaml 1 >marks.yaml
block yaml 2 >host.yaml
block sh 1 >schemas.sh
block sh 2 >print.sh
sh -eu schemas.sh
grep -q '"fields/set"' penstock.schema.json
grep -q '"default_graph"' configuration.schema.json
for file in marks.json marks.yaml; do
    penstock validate "$file" >told.txt
    has told.txt "$file: runs: 3 nodes, 2 edges"
done
sh -eu print.sh >printed.json
for expected in '"listen": "127.0.0.1:8443"' '"lanes": 2' '"hosts": ["a.example","b.example"]' '"drain": "1m"'; do
    has printed.json "$expected"
done
unset PENSTOCK_PACKAGES

# A row is key and value, variable, flags.
awk -F' *[|] *' '/^\| in the file \| in the environment \|/ { inside = 1; next } !/^\|/ { inside = 0 }
    inside && $2 ~ /^`/ { print $2; print $3; print $4 }' "$page" | tr -d '`' >rows.txt
count=0
while read -r file && read -r variable && read -r flags; do
    echo "{$file}" >row.json
    penstock run --config row.json --print-config >by_file.json
    env "$variable" penstock run --print-config >by_variable.json
    # shellcheck disable=SC2086 # words of flags
    penstock run $flags --print-config >by_flags.json
    cmp by_file.json by_variable.json
    cmp by_file.json by_flags.json
    count=$((count + 1))
done <rows.txt
[ "$count" = 3 ] || { echo "$page: expected three settings in its table"; exit 1; }
