# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""What components cost a packet."""
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


def components_jobs(build: Build, setting: Setting) -> list[Job]:
    program = build.program("lua_bench")
    if not program.exists():
        raise Skipped("components: lua_bench is missing")
    return [Job("lua", lambda: json_lines(program, LUA_ROUNDS))]


def components_rows() -> list[Row]:
    return [Row(f"{use}, {text}", "CPU ns", "lua", text, target=Target(2000, at_least=False, of_ratio=False))
            for use, texts in EXPRESSIONS.items() for text in texts]


COMPONENTS = Part("components", components_jobs, components_rows)
