# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""What components cost: expressions a packet, readers and publishers beside their libraries."""
from __future__ import annotations

from measuring import Build, Job, Row, Skipped, Target
from setting import Part, Setting, json_lines

LUA_ROUNDS = "10"
EXPRESSIONS = {
    "fields/map": ["price * count", "'book'", "customer:upper() .. '!'",
                   "string.format('%s: %d', kind, count)"],
    "when": ["price > 2", "kind == 'book' and price * count >= 10", "meta.route == 'test'",
             "customer:find('^a%a+$')"],
}

ROUNDS = "5"
LIBRARIES = {
    "csv/read": "a loop",
    "html/read": "gumbo",
    "document/detect": "libmagic",
    "document/office": "libarchive, pugixml",
    "document/pdf": "pdftotext, pdfinfo",
    "archive/unpack": "libarchive",
    "mail/read": "GMime",
    "xml/read": "expat, pugixml",
    "feed/read": "expat, pugixml",
    "solr/read": "expat, pugixml",
    "msgpack/read": "a loop",
    "extract/regex": "RE2",
    "extract/grok": "PCRE2",
    "extract/keyvalue": "a loop",
    "extract/dictionary": "vectorscan",
    "text/redact": "RE2",
    "text/normalize": "ICU",
    "language/detect": "CLD2",
    "dates/normalize": "date",
    "geo/ip": "libmaxminddb",
    "fields/validate": "a loop",
    "fields/lookup": "a loop",
    "route/window": "a loop",
    "json/read": "Boost.JSON",
    "json/write": "Boost.JSON",
    "csv/write": "a loop",
    "text/chunk": "ICU",
    "files/write": "write(2)",
    "search/index": "FTS5",
    "http/publish": "libcurl",
    "opensearch/publish": "libcurl",
    "postgres/publish, upsert": "libpq",
    "postgres/publish, copy": "libpq",
}


def components_jobs(build: Build, setting: Setting) -> list[Job]:
    jobs = []
    lua = build.program("lua_bench")
    if lua.exists():
        jobs.append(Job("lua", lambda: json_lines(lua, LUA_ROUNDS)))
    beside = build.program("components_bench")
    if beside.exists():
        jobs.append(Job("components", lambda: json_lines(
            beside, build.folder / "packages", setting.work / "components", ROUNDS)))
    if not jobs:
        raise Skipped("components: lua_bench and components_bench are missing")
    return jobs


def components_rows() -> list[Row]:
    at_most = Target(2, at_least=False)
    return [Row(f"{use}, {text}", "CPU ns", "lua", text, target=Target(2000, at_least=False, of_ratio=False))
            for use, texts in EXPRESSIONS.items() for text in texts] + \
           [Row(name, "CPU ms", "components", name, ("components", f"{name} bare"),
                against_name=library, target=at_most) for name, library in LIBRARIES.items()]


COMPONENTS = Part("components", components_jobs, components_rows)
