# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""Counts what a request of the ingest job takes of each thread of the host: instructions by callgrind,
and allocations. How many requests a thread finds at once differs from run to run, and so do the counts,
by some hundredths."""
from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path

from ingest import HERE, Load
from measuring import Build, Failed, Figures, Job, Row, Skipped, Target
from setting import Part, Setting

LOADS = {Load(16, 1, "memory"): 3200, Load(64, 1, "durable"): 3200, Load(4, 500, "memory"): 20_000}
THREADS = {"HTTP": "http::session::serve_requests", "lane": "host::lane_ingress::run",
           "journal": "host::journal_disk::commit"}
ALLOCATES = {"malloc", "calloc", "realloc"}  # `operator new` calls them
FUNCTION = re.compile(r"(c?)fn=\((\d+)\)(?: (.*))?")


class Profile:
    """What callgrind wrote of one thread."""

    def __init__(self, file: Path) -> None:
        names: dict[str, str] = {}
        calls: Counter[str] = Counter()
        callee = ""
        self.instructions = 0
        for line in file.read_text().splitlines():
            if found := FUNCTION.match(line):
                names.setdefault(found[2], found[3] or "")
                callee = found[2] if found[1] else callee
            elif line.startswith("calls="):
                calls[callee] += int(line[len("calls="):].split()[0])
            elif line.startswith("totals: "):
                self.instructions = int(line.split()[1])
        self.functions = set(names.values())
        self.allocations = sum(n for key, n in calls.items() if names[key] in ALLOCATES)

    def is_of(self, marker: str) -> bool:
        return any(marker in each for each in self.functions)


def count(build: Build, setting: Setting, load: Load) -> Figures:
    program, documents = build.program("counted_load"), LOADS[load]
    with tempfile.TemporaryDirectory(dir=setting.work) as name:
        place = Path(name)
        graph = place / "graph.json"
        graph.write_text((HERE / "graph.json").read_text().replace(
            "${env:INGEST_OUT}", str(place / "out.ndjson")))
        subprocess.run(
            ["valgrind", "-q", "--tool=callgrind", "--separate-threads=yes", "--instr-atstart=no",
             f"--callgrind-out-file={place / 'profile'}", program, build.folder / "packages", graph,
             setting.docs.file, load.ack, str(load.connections), str(load.batch), str(documents)],
            cwd=place, check=True)
        profiles = [Profile(each) for each in place.glob("profile-*")]
    figures: Figures = {}
    for thread, marker in THREADS.items():
        found = [each for each in profiles if each.is_of(marker)]
        if len(found) != 1:
            raise Failed(f"threads: {len(found)} threads run {marker}; expected 1")
        figures[thread] = found[0].instructions / documents
        figures[f"{thread} allocations"] = found[0].allocations / documents
    figures["all"] = sum(figures[each] for each in THREADS)
    figures["socket to file"] = figures["HTTP"] + figures["lane"]
    return figures


def jobs(build: Build, setting: Setting) -> list[Job]:
    if not shutil.which("valgrind") or not build.program("counted_load").exists():
        raise Skipped("threads: valgrind is missing, or was when this was built; expected Debian's "
                      "valgrind, and the release preset")

    def counted(load: Load) -> list[Figures]:
        return [count(build, setting, load)]

    return [Job(name_of(load), partial(counted, load)) for load in LOADS]


def name_of(load: Load) -> str:
    return f"threads, {load.name}"


def rows() -> list[Row]:
    single, durable, batch = map(name_of, LOADS)

    def at_most(limit: float) -> Target:
        return Target(limit, at_least=False, of_ratio=False)

    return [
        Row(f"instructions a request, {single}", "HTTP thread", single, "HTTP", target=at_most(22_000)),
        Row("", "lane", single, "lane", target=at_most(18_000)),
        Row("", "journal", single, "journal", target=at_most(3_000)),
        Row("", "allocations, HTTP thread", single, "HTTP allocations", target=at_most(8)),
        Row(f"instructions a request, {durable}", "all", durable, "all", target=at_most(60_000)),
        *[Row("", each, durable, each) for each in THREADS],
        Row(f"instructions a document, {batch}", "socket to file", batch, "socket to file",
            target=at_most(12_000)),
        Row("", "allocations, lane", batch, "lane allocations", target=at_most(4)),
        Row("", "journal", batch, "journal"),
    ]


COUNTING = Part("threads", jobs, rows)
