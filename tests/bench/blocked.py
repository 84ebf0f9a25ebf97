# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""Memory while the output takes nothing: intake goes on up to its limit, then 429, and nothing is lost."""
from __future__ import annotations

import subprocess
import threading
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from documents import ID
from host_run import Host, running
from ingest import HERE
from measuring import Build, Failed, Figures, Job, Row, Target
from processes import memory_mb, wait_until
from setting import Part, Setting

IN_MEMORY_MB = 64
SECONDS, LONG_SECONDS = 60, 600


@dataclass(frozen=True)
class Intake:
    """How much is sent: so many documents a request, and how much may be pending in all, which is full
    well before the time is over."""

    name: str
    batch: int
    pending_mb: int


INTAKES = [Intake("blocked", 20, 256), Intake("blocked, single", 1, 100)]


class PipeReader(threading.Thread):
    """Counts the documents that come out of a pipe, until nobody writes any more."""

    def __init__(self, pipe: Path) -> None:
        super().__init__(daemon=True)
        self.pipe = pipe
        self.found: Counter[int] = Counter()

    def run(self) -> None:
        with self.pipe.open("rb") as lines:
            for line in lines:
                self.found[int(ID.search(line)[1])] += 1  # type: ignore[index]


def measure(build: Build, setting: Setting, what: Intake) -> Figures:
    seconds = LONG_SECONDS if setting.long else SECONDS
    with running(build, setting.work, HERE / "graph.json", "--pending-bytes", f"{what.pending_mb}MiB",
                 "--pending-memory", f"{IN_MEMORY_MB}MiB", into_pipe=True) as host:
        idle = memory_mb(host.worker, "VmRSS")
        accepted = fill(setting, host, what.batch, seconds)
        peak = memory_mb(host.worker)
        reader = PipeReader(host.place / "out.ndjson")
        reader.start()
        wanted = Counter({each: n for each, n in accepted.items() if each in setting.docs.kept})
        wait_until(lambda: reader.found.total() >= wanted.total(), "blocked: all documents", 120, 0.1)
    reader.join(30)
    lost = wanted - reader.found
    if lost:
        raise Failed(f"blocked: {lost.total()} of {wanted.total()} documents lost")
    return {"peak MB": peak, "limit MB": idle + IN_MEMORY_MB, "accepted": accepted.total()}


def fill(setting: Setting, host: Host, batch: int, seconds: int) -> Counter[int]:
    """Sends all the time; returns how often each document was taken."""
    list_of_accepted = host.place / "accepted"
    told = subprocess.run(
        [setting.tools.program("loadgen"), "--file", setting.docs.file, "--port", str(host.port),
         "--path", "/data?ack=durable", "--type", "application/x-ndjson", "--connections", "16",
         "--batch", str(batch), "--documents", "600000", "--seconds", str(seconds),
         "--retry", "--accepted", list_of_accepted], stdout=subprocess.PIPE, check=True).stdout
    if b'"429":' not in told:
        raise Failed(f"blocked: {told.decode().strip()}; expected 429 once the limit is reached")
    accepted: Counter[int] = Counter()
    for line in list_of_accepted.read_text().splitlines():
        first, count = map(int, line.split())
        accepted.update(each % setting.docs.count for each in range(first, first + count))
    return accepted


def jobs(build: Build, setting: Setting) -> list[Job]:
    def run(what: Intake) -> list[Figures]:
        return [measure(build, setting, what)]

    return [Job(each.name, partial(run, each)) for each in INTAKES]


def rows() -> list[Row]:
    titles = ["output blocked, worker, 20 documents a request", "one a request"]
    return [row for title, what in zip(titles, INTAKES) for row in (
        Row(title, "MB peak RSS", what.name, "peak MB", (what.name, "limit MB"),
            against_name="idle + 64 MiB", target=Target(1.1, at_least=False)),
        Row("", "documents kept", what.name, "accepted"))]


BLOCKED = Part("blocked", jobs, rows)
