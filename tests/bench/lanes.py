# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""What a second lane brings to a graph that needs nothing but a processor."""
from __future__ import annotations

from functools import partial
from pathlib import Path

from host_run import running
from ingest import Load, send
from measuring import Build, Failed, Figures, Job, Row, Target
from processes import busy_seconds, cpu_seconds
from setting import Part, Setting

GRAPH = Path(__file__).parent / "lanes" / "graph.json"
DOCUMENTS = 40_000
LOAD = Load(8, 100)


def measure(build: Build, setting: Setting, lanes: int) -> list[Figures]:
    docs = setting.docs.first(DOCUMENTS)
    with running(build, setting.work, GRAPH, "--lanes", str(lanes), "--packages",
                 str(build.folder / "bench_packages"), "--packages",
                 str(build.folder / "packages")) as host:
        busy, ours = busy_seconds(), cpu_seconds(host.worker)
        told = send(setting, docs, host.port, "/data?ack=processed&wait=60s", LOAD)
        ours, busy = cpu_seconds(host.worker) - ours, busy_seconds() - busy
        if told["statuses"] != {"200": told["requests"]}:
            raise Failed(f"lanes: {told['statuses']}; expected 200 for each request")
    return [{"docs/s": docs.count / told["seconds_to_last_accept"], "cores used": ours / told["seconds"],
             "cores of others": max(0, busy - ours - told["cpu_seconds"]) / told["seconds"]}]


def jobs(build: Build, setting: Setting) -> list[Job]:
    return [Job(f"{n} lanes", partial(measure, build, setting, n)) for n in (1, 2)]


def rows() -> list[Row]:
    return [
        Row("CPU-bound graph, 1 lane", "docs/s", "1 lanes", "docs/s"),
        Row("", "cores used", "1 lanes", "cores used"),
        Row("CPU-bound graph, 2 lanes", "docs/s", "2 lanes", "docs/s", ("1 lanes", "docs/s"),
            against_name="1 lane", target=Target(1.7)),
        Row("", "cores used", "2 lanes", "cores used"),
        Row("", "cores of others", "2 lanes", "cores of others"),
    ]


LANES = Part("lanes", jobs, rows)
