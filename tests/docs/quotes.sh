#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Checks that each block of code in the pages $2... of the tree $1 is what it says it is: under
# `<!-- from FILE -->` the whole file, under `<!-- from FILE#MARK -->` what stands there between
# `// [MARK]` and `// [end]`; `, at most N lines` bounds it. Blocks under `<!-- the file … -->` and `<!-- a change of … -->`, and those of
# the shell, are the tutorial's, which another test does. No other block of C++ or JSON is let in.
set -eu
cd "$1"
shift
for page; do
    awk -v page="$page" '
        function fail(what) { print page ":" NR ": " what; status = 1 }
        function quoted(source,    file, mark, line, text, inside, begin)
        {
            file = source; mark = ""
            if (match(source, /#/)) { file = substr(source, 1, RSTART - 1); mark = substr(source, RSTART + 1) }
            inside = mark == ""
            while ((getline line < file) > 0) {
                if (mark != "" && line ~ "// \\[" mark "\\]$") { inside = 1; continue }
                if (mark != "" && inside && line ~ /\/\/ \[end\]$/) { inside = 0; break }
                if (inside) text = text line "\n"
            }
            close(file)
            return text
        }
        /^<!-- / { said = $0; next }
        /^```(cpp|json|diff|sh)$/ && !inside { inside = 1; language = substr($0, 4); block = ""; next }
        /^```/ && inside {
            inside = 0
            if (said ~ /^<!-- from /) {
                source = said; sub(/^<!-- from /, "", source); sub(/ -->$/, "", source)
                most = 0
                if (match(source, /, at most [0-9]+ lines$/)) {
                    most = substr(source, RSTART + 10) + 0; source = substr(source, 1, RSTART - 1)
                }
                if (most && gsub(/\n/, "\n", block) > most) fail("is too long; expected at most " most " lines")
                if (quoted(source) == "") fail(source ": has nothing to quote; expected a file or a mark in it")
                else if (quoted(source) != block) fail("differs from " source "; expected its text")
                count++
            }
            else if (language != "sh" && said !~ /^<!-- (the file|a change of) /)
                fail("this block comes from nowhere; expected <!-- from FILE --> above it")
            said = ""; next
        }
        inside { block = block $0 "\n" }
        END { if (!count) fail("quotes nothing; expected a block from a file"); exit status }
    ' "$page" || status=1
done
exit ${status:-0}
