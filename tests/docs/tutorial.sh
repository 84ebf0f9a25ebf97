#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Does what the page $1 tells its reader to do, in an empty folder, with the Penstock that is installed
# in $2: the commands exactly as they are printed, the changes as they are shown. At the end the
# graph's output must be there, as loud as the page says.
set -eu
page=$1 prefix=$2
. "$(dirname "$0")/../install/newcomer.sh"

cat >steps.sh <<'FUNCTIONS'
# change FILE: puts the second text in the place of the first, which must be there once.
change()
{
    perl -0 -we '
        my ($file) = @ARGV;
        local $/;
        my ($old, $new) = split /^=====\n/m, <STDIN>;
        open my $in, "<", $file or die "$file: $!\n";
        my $text = <$in>;
        my $at = index $text, $old;
        die "$file: has not what is to be changed:\n$old" if $at < 0 || index($text, $old, $at + 1) >= 0;
        substr($text, $at, length $old) = $new // "";
        open my $out, ">", $file or die "$file: $!\n";
        print $out $text;' "$1"
}

# same FILE: it says what the page shows.
same() { diff -u "$1" - || { echo "$1: differs from what the page shows" >&2; exit 1; }; }
FUNCTIONS
awk '
    /^<!-- the file / { verb = "same " $4; next }
    /^<!-- a change of / { verb = "change " $5; next }
    /^```sh$/ { kind = "sh"; next }
    /^```(cpp|json)$/ && verb != "" { kind = "file"; print verb " <<\047END_OF_FILE\047"; next }
    /^```diff$/ { kind = "diff"; old = ""; made = ""; next }
    /^```/ && kind == "diff" {
        printf "%s <<\047END_OF_CHANGE\047\n%s=====\n%sEND_OF_CHANGE\n", verb, old, made
    }
    /^```/ && kind == "file" { print "END_OF_FILE" }
    /^```/ { kind = ""; verb = ""; next }
    kind == "sh" || kind == "file" { print }
    kind == "diff" && /^[ -]/ { old = old substr($0, 2) "\n" }
    kind == "diff" && /^[ +]/ { made = made substr($0, 2) "\n" }
' "$page" >>steps.sh
echo 'wait $!' >>steps.sh # the host; it has worked off what it took
[ "$(grep -c . steps.sh)" -gt 80 ] || { echo "$page: no tutorial; expected its commands" >&2; exit 1; }

sh -ex steps.sh >done.log 2>&1 || { cat done.log; exit 1; }

cd shout
expected='"text":"another text!!!"'
grep -q "$expected" shout.ndjson || { cat ../done.log; echo "shout.ndjson: expected $expected"; exit 1; }
[ "$(wc -l <shout.ndjson)" = 3 ] || { cat shout.ndjson; echo 'shout.ndjson: expected 3 lines'; exit 1; }
for expected in 'made shout; next:' 'installed shout 0.1.0' 'times  *integer, 1 to 100; default 3' \
    'removed .*/shout@0.1.0'; do
    grep -q "$expected" ../done.log || { cat ../done.log; echo "expected $expected"; exit 1; }
done
