#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Checks that the component and the graph in the README of the tree $1 are those of examples/greet,
# which other tests build and run, and that every link leads somewhere.
set -eu
cd "$1"
status=0

# block LANGUAGE: the first such block of the README.
block() { awk -v fence="\`\`\`$1" '$0 == "```" { inside = 0 } inside; $0 == fence { inside = 1 }' README.md; }

same()
{
    if [ "$2" != "$3" ]; then
        echo "README.md: differs from $1; expected its text"
        status=1
    fi
}

same examples/greet/greet.cpp "$(block cpp)" "$(tail -n +4 examples/greet/greet.cpp)"
same examples/greet/greetings.json "$(block json)" "$(cat examples/greet/greetings.json)"

for page in *.md; do
    links=$(grep -o ']([^)#]*' "$page" | sed 's/^](//')
    for link in $links; do
        case $link in http*) continue ;; esac
        if [ ! -e "$link" ]; then
            echo "$page: $link: leads nowhere; expected a file or folder"
            status=1
        fi
    done
done
exit $status
