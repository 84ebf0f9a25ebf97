# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Turns Debian's package records (apt-cache dumpavail) into NDJSON: one object a record, numbers as
# numbers, tags as an array, everything else as a string.

BEGIN {
    split("Package Version Architecture Section Priority Maintainer Homepage Description", list)
    for (i in list) kind[list[i]] = "text"
    kind["Installed-Size"] = kind["Size"] = "number"
    kind["Tag"] = "array"
    for (i = 1; i < 32; i++) escape[sprintf("%c", i)] = sprintf("\\u%04x", i)
}

function quoted(text,    safe, i, c)
{
    gsub(/\\/, "\\\\&", text)
    gsub(/"/, "\\\"", text)
    if (text !~ /[\001-\037]/)
        return "\"" text "\""
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        safe = safe (c in escape ? escape[c] : c)
    }
    return "\"" safe "\""
}

function array(text,    parts, count, i, json)
{
    gsub(/\n/, "", text)
    count = split(text, parts, /, */)
    for (i = 1; i <= count; i++)
        json = json (i > 1 ? "," : "") quoted(parts[i])
    return "[" json "]"
}

function end_field(    json)
{
    if (name in kind) {
        if (kind[name] == "array") json = array(value)
        else if (kind[name] == "number" && value ~ /^(0|[1-9][0-9]*)$/) json = value
        else json = quoted(value)
        record = record (record == "" ? "" : ",") quoted(name) ":" json
    }
    name = ""
}

function end_record()
{
    end_field()
    if (record != "") print "{" record "}"
    record = ""
}

/^$/ { end_record(); next }

/^[ \t]/ {
    line = substr($0, 2)
    value = value "\n" (line == "." ? "" : line)
    next
}

{
    end_field()
    colon = index($0, ":")
    name = substr($0, 1, colon - 1)
    value = substr($0, colon + 1)
    sub(/^[ \t]+/, "", value)
}

END { end_record() }
