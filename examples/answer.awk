# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Prints name and summary of each packet of an answer to a search, one a line; fails without any.

function text(object, field,    found)
{
    if (!match(object, "\"" field "\":\"([^\"\\\\]|\\\\.)*\""))
        return ""
    found = substr(object, RSTART, RLENGTH)
    found = substr(found, length(field) + 5, length(found) - length(field) - 5)
    gsub(/\\"/, "\"", found)
    return found
}

BEGIN { RS = "\"fields\":" }
NR > 1 && text($0, "name") != "" { printf "  %-28s %s\n", text($0, "name"), text($0, "summary"); shown++ }
END { exit shown ? 0 : 1 }
