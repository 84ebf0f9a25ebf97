# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""Counts the instructions of fixed jobs under callgrind, and holds them to those that are recorded.

They do not depend on what else the machine does, so they can be asserted: within 3 %, or the
change is meant and `./dev bench instructions --update` records it."""
from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from functools import partial
from pathlib import Path

from measuring import Build, Failed, Figures, Job, Row, Skipped, Target, say
from setting import Part, Setting

RECORD = Path(__file__).with_suffix(".json")
TOLERANCE = 0.03
JOBS = {"fields": "1,500 documents read, changed and written as packets",
        "hop": "25,000 packets over 10 hops", "json": "1,500 documents read and written",
        "requests": "300 requests of one document, 4 of 300"}
TRIES = 3  # threads that wait for each other take some more now and then, never less
# Which of its functions glibc takes depends on the processor, unless it is told to take the plainest.
PLAIN = "glibc.cpu.hwcaps=-AVX,-AVX2,-AVX512F,-AVX512VL,-BMI2,-ERMS,-FSRM,-SSE4_1,-SSE4_2,-SSSE3"


def count(build: Build, name: str) -> tuple[int, str]:
    """The instructions of a job, and what they depend on besides its code."""
    program = build.program(f"counted_{name}")
    if not shutil.which("valgrind") or not program.exists():
        raise Skipped("instructions: valgrind is missing, or was when this was built; expected "
                      "Debian's valgrind, and the release preset")
    arguments: list[str | Path] = [build.folder / "packages"] if name == "requests" else []
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        ran = subprocess.run(
            ["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={out}", program, *arguments],
            stdout=subprocess.PIPE, check=True, env={**os.environ, "GLIBC_TUNABLES": PLAIN})
        found = re.search(r"^totals: (\d+)", out.with_suffix(".1").read_text(), re.MULTILINE)
    if not found:
        raise Failed(f"instructions: callgrind counted nothing of {name}")
    return int(found[1]), ran.stdout.decode().strip()


def check(build: Build) -> None:
    """Prints each count beside the recorded one; raises if one is off."""
    record = json.loads(RECORD.read_text())
    off = []
    for name, what in JOBS.items():
        recorded = record["counts"][name]
        counted, place = count(build, name)
        if place != record["place"]:
            raise Skipped(f"instructions: counted with {place}; expected {record['place']}")
        for _ in range(TRIES - 1):
            if counted / recorded <= 1 + TOLERANCE:
                break
            counted = min(counted, count(build, name)[0])
        change = counted / recorded - 1
        print(f"{name}: {what}: {counted:,} instructions, {change:+.2%} of {recorded:,}", flush=True)
        if abs(change) > TOLERANCE:
            off.append(name)
    if off:
        raise Failed(f"instructions: {', '.join(off)}: more than {TOLERANCE:.0%} off; expected what "
                     f"{RECORD.name} says, or `./dev bench instructions --update` if it is meant")


def update(build: Build) -> None:
    """Records the least of some counts, as check() compares."""
    counted = {name: [count(build, name) for _ in range(TRIES)] for name in JOBS}
    record = {"place": counted["json"][0][1],
              "counts": {name: min(tries)[0] for name, tries in counted.items()}}
    RECORD.write_text(json.dumps(record, indent=2) + "\n")
    for name, tries in counted.items():
        say(f"{name}: {min(tries)[0]:,}, at most {max(tries)[0] / min(tries)[0] - 1:.2%} more")


def jobs(build: Build, setting: Setting) -> list[Job]:
    def counted(name: str) -> list[Figures]:
        return [{"instructions": count(build, name)[0]}]

    return [Job(f"counted {name}", partial(counted, name)) for name in JOBS]


def rows() -> list[Row]:
    record = json.loads(RECORD.read_text())["counts"]
    return [Row(f"instructions, {what}", "", f"counted {name}", "instructions",
                against_constant=record[name], against_name="recorded",
                target=Target(1 + TOLERANCE, at_least=False))
            for name, what in JOBS.items()]


INSTRUCTIONS = Part("instructions", jobs, rows)
