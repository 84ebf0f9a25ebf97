# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""The ingest job as a pipeline of Fluent Bit, where the environment's PENSTOCK_PEERS names the folder
of its program `fluent-bit`. Debian has no package of it."""
from __future__ import annotations

import os
import tempfile
from functools import partial
from pathlib import Path

from ingest import HERE, Load, answers, send, until_written
from measuring import Figures, Job, say
from processes import Process, cpu_seconds, free_port, memory_mb
from setting import Setting

LOADS = [Load(16), Load(4, 500)]

# The best of ten configurations, measured once on the machine on which the targets were set. It
# promised nothing about the disk.
ANOTHER_DAY = {Load(16): {"docs/s": 45_700.0, "CPU s/M": 29.0}, Load(4, 500): {"docs/s": 95_000.0, "CPU s/M": 14.0}}


def name_of(load: Load) -> str:
    return f"Fluent Bit, {load.name}"


def program() -> Path | None:
    folder = os.environ.get("PENSTOCK_PEERS")
    found = Path(folder) / "fluent-bit" if folder else None
    return found if found and found.exists() else None


def measure(setting: Setting, fluent_bit: Path, load: Load) -> list[Figures]:
    docs = setting.docs
    with tempfile.TemporaryDirectory(dir=setting.work, ignore_cleanup_errors=True) as name:
        place, port = Path(name), free_port()
        with Process([fluent_bit, "-q", "-c", HERE / "fluent_bit.conf"], place / "log",
                     {"INGEST_PORT": str(port), "INGEST_FOLDER": name}) as server:
            server.wait_for_port(port)
            before = cpu_seconds(server.pid)
            told = send(setting, docs, port, "/", load, array=load.batch > 1)
            seconds = until_written(docs, place / "out.ndjson", told["begin"])
            docs.check(place / "out.ndjson")
            figures = answers(told) | {
                "docs/s": docs.count / seconds, "RSS MB": memory_mb(server.pid),
                "CPU s/M": (cpu_seconds(server.pid) - before) / docs.count * 1e6}
            server.stop()
    return [figures]


def jobs(setting: Setting) -> list[Job]:
    fluent_bit = program()
    if fluent_bit is None:
        say("Fluent Bit: PENSTOCK_PEERS names no folder with the program fluent-bit: compared with its "
            "figures of another day")
        return []
    return [Job(name_of(each), partial(measure, setting, fluent_bit, each)) for each in LOADS]
