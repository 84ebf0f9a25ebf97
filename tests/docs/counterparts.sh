#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Checks the pages that say which components take the place of those of other systems, in the tree $1
# with the program $2: every component that they name is in its catalogue; the page of pypes has a row
# for each of its components, and the tests that it names exist.
set -eu
cd "$1"
pages=docs
status=0
fail() { echo "$1" >&2; status=1; }

known=$("$2" inspect --json | grep -o '"component":"[^"]*"' | cut -d '"' -f 4)

# quoted PAGE PATTERN: what stands in backquotes in the rows of its tables and matches wholly.
quoted() { grep '^|' "$pages/$1" | grep -o '`[^`]*`' | tr -d '`' | grep -Ex "$2" | sort -u; }

for page in from-pypes.md from-others.md; do
    named=$(quoted $page '[a-z][a-z0-9]*/[a-z][a-z0-9_]*')
    [ -n "$named" ] || fail "$page: names no component; some were expected"
    for each in $named; do
        printf '%s\n' "$known" | grep -qFx "$each" || fail "$page: $each is no component; one of the catalogue was expected"
    done
done

expected="Address BinarySplit CSVReader CSVWriter CaseNormalizer Collate ConsoleOutputWriter CopyField Cut
DateNormalizer Debug DeleteField DropDocument Email FastXML GeoCode Grep HTML Merge Null Null PDFReader RSS
RenameField SetField SimpleJSON Solr SolrXML Sort Split StringInputReader TextFileInputReader TextReader Uniq
Word2007 XML XMLMapper"
rows=$(awk -F ' *[|] *' '/^## /{part = 1} part && NF == 7 && $2 !~ /^(pypes|---)$/ { print $2 }' $pages/from-pypes.md |
    LC_ALL=C sort | xargs)
[ "$rows" = "$(echo $expected)" ] || fail "from-pypes.md: has rows for $rows; $(echo $expected) were expected"

tests=$(grep -rhoE 'TEST_CASE\([a-z0-9_]+' tests/plugins tests/host tests/packages | sed 's/.*(//' | sort -u)
for each in $(quoted from-pypes.md '[a-z0-9]+(_[a-z0-9]+){2,}'); do
    printf '%s\n' "$tests" | grep -qFx "$each" || fail "from-pypes.md: $each is no test; one below tests/ was expected"
done
exit $status
