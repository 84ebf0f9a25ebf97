# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""One hop from component to component, and JSON, against what others do in the same process."""
from __future__ import annotations

from measuring import Build, Job, Row, Skipped, Target
from setting import Part, Setting, json_lines

HOP_ROUNDS = "3"
JSON_ROUNDS = "10"
CORPORA = ["text", "7 digits", "17 digits"]


def hop_jobs(build: Build, setting: Setting) -> list[Job]:
    program = build.program("hop_bench")
    if not program.exists():
        raise Skipped("hop: oneTBB is missing; expected Debian's libtbb-dev")
    return [Job("hop", lambda: json_lines(program, HOP_ROUNDS))]


def hop_rows() -> list[Row]:
    virtual, one_tbb = ("hop", "virtual call"), ("hop", "oneTBB")

    def hop(what: str, figure: str, most: float | None = None) -> Row:
        return Row(f"hop, {what}", "CPU ns", "hop", figure, virtual, against_name="virtual call",
                   target=None if most is None else Target(most, at_least=False))

    return [
        Row("hop, virtual call into a loaded library", "CPU ns", *virtual),
        hop("capacity 256, counters on", "capacity 256", 2),
        hop("the same, in spans that stay in the queue", "in spans", 1.2),
        hop("the same, in batches of their own", "in batches"),
        hop("the same, every edge tapped", "tapped"),
        hop("capacity 16", "capacity 16"),
        Row("hop, one packet at a time", "CPU ns", "hop", "capacity 1",
            target=Target(60, at_least=False, of_ratio=False)),
        Row("hop, oneTBB lightweight", "CPU ns", *one_tbb, ("hop", "capacity 256"),
            against_name="capacity 256", target=Target(8)),
        hop("one output to many inputs", "fan-out"),
        Row("hop, oneTBB to many", "CPU ns", "hop", "oneTBB fan-out", ("hop", "fan-out"),
            against_name="to many inputs"),
    ]


def json_jobs(build: Build, setting: Setting) -> list[Job]:
    program = build.program("json_bench")
    if not program.exists():
        raise Skipped("json: json_bench is missing")
    return [Job("json", lambda: json_lines(program, JSON_ROUNDS))]


def json_rows() -> list[Row]:
    return [
        Row(f"JSON {work}, {corpus}", "MB/s", "json", f"{work}, {corpus}",
            ("json", f"Boost {'write' if work == 'write' else 'parse'}, {corpus}"),
            against_name=f"Boost's {'write' if work == 'write' else 'parse'}",
            target=Target(0.9) if work == "parse" else None)
        for corpus in CORPORA for work in ("parse", "check", "write")]


HOP = Part("hop", hop_jobs, hop_rows)
JSON = Part("json", json_jobs, json_rows)
