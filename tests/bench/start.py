# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""From the start to the first 200 of /readyz, and what the host holds while nobody asks anything."""
from __future__ import annotations

from host_run import running
from ingest import HERE
from measuring import Build, Figures, Job, Row, Target
from processes import memory_mb
from setting import Part, Setting

STARTS = 5


def measure(build: Build, setting: Setting) -> Figures:
    with running(build, setting.work, HERE / "graph.json") as host:
        worker = memory_mb(host.worker, "VmRSS")
        return {"ready ms": host.start_seconds * 1e3, "worker MB": worker,
                "both MB": worker + memory_mb(host.process.pid, "VmRSS")}


def jobs(build: Build, setting: Setting) -> list[Job]:
    return [Job("start", lambda: [measure(build, setting) for _ in range(STARTS)])]


def rows() -> list[Row]:
    return [
        Row("start to ready", "ms", "start", "ready ms",
            target=Target(50, at_least=False, of_ratio=False)),
        Row("idle, supervisor and worker", "MB RSS", "start", "both MB",
            target=Target(30, at_least=False, of_ratio=False)),
        Row("idle, worker", "MB RSS", "start", "worker MB"),
    ]


START = Part("start", jobs, rows)
