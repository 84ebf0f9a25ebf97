# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""The ingest job: JSON in over HTTP, rename, drop, set, NDJSON file; what it does and what it costs."""
from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from documents import Documents
from host_run import running
from measuring import Build, Failed, Figures, Job
from processes import bytes_written, cpu_seconds, memory_mb, wait_until
from setting import Setting

HERE = Path(__file__).parent / "ingest"
HALF_LOAD_SECONDS = 4


@dataclass(frozen=True)
class Load:
    """How the documents are sent."""

    connections: int
    batch: int = 1
    ack: str = ""

    @property
    def name(self) -> str:
        kind = "single" if self.batch == 1 else f"batch of {self.batch}"
        return f"{kind}, {self.connections} connections" + (f", {self.ack}" if self.ack else "")


LOADS = [Load(16, 1, "memory"), Load(64, 1, "memory"), Load(16, 1, "durable"),
         Load(64, 1, "durable"), Load(4, 500, "memory"), Load(4, 500, "durable")]
HALF_LOADS = [Load(64, 1, "memory"), Load(64, 1, "durable"), Load(4, 500, "durable")]


def send(setting: Setting, docs: Documents, port: int, path: str, load: Load, rate: float = 0,
         array: bool = False) -> dict[str, Any]:
    """Sends each document once; raises unless each was taken."""
    media = "application/json" if load.batch == 1 or array else "application/x-ndjson"
    out = subprocess.run(
        [setting.tools.program("loadgen"), "--file", docs.file, "--port", str(port), "--path", path,
         "--type", media, "--connections", str(load.connections), "--batch", str(load.batch),
         "--documents", str(docs.count), "--rate", str(rate), "--retry", *(["--array"] if array else [])],
        stdout=subprocess.PIPE, check=True).stdout
    told: dict[str, Any] = json.loads(out)
    wrong = {status: n for status, n in told["statuses"].items() if status not in ("200", "202", "429")}
    if wrong or told["resets"] or told["accepted"] != docs.count:
        raise Failed(f"loadgen: {told['accepted']} of {docs.count} documents taken, answers {wrong}, "
                     f"{told['resets']} resets")
    return told


def answers(told: dict[str, Any]) -> Figures:
    return {"p50 ms": told["p50_ms"], "p99 ms": told["p99_ms"], "p99.9 ms": told["p999_ms"],
            "refused": told["retries"], "generator CPU s": told["cpu_seconds"]}


class Lines:
    """Counts the lines of a file that grows."""

    def __init__(self, file: Path) -> None:
        self.file, self.at, self.count = file, 0, 0

    def reach(self, count: int) -> bool:
        if not self.file.exists():
            return count == 0
        with self.file.open("rb") as lines:
            lines.seek(self.at)
            while part := lines.read(1 << 20):
                self.count += part.count(b"\n")
                self.at += len(part)
        return self.count >= count


def until_written(docs: Documents, out: Path, begin: float) -> float:
    """Seconds from then to the last write, after which the output holds every document."""
    lines = Lines(out)
    wait_until(lambda: lines.reach(len(docs.kept)), f"{out}: all documents", 120, 0.02)
    return out.stat().st_mtime - begin


def measure(build: Build, setting: Setting, load: Load, rate: float = 0,
            options: Sequence[str] = ()) -> Figures:
    """One run of a fresh host."""
    docs = setting.docs
    if rate:
        requests = max(1, int(rate * HALF_LOAD_SECONDS) // load.batch)
        docs = docs.first(min(docs.count, requests * load.batch))
    with running(build, setting.work, HERE / "graph.json", *options) as host:
        out, before = host.place / "out.ndjson", cpu_seconds(host.worker)
        written = bytes_written(host.worker)
        told = send(setting, docs, host.port, f"/data/ingest?ack={load.ack}", load, rate)
        seconds = until_written(docs, out, told["begin"])
        docs.check(out)
        return answers(told) | {
            "docs/s": docs.count / seconds,
            "accepted MB/s": told["body_mb"] / told["seconds_to_last_accept"],
            "CPU s/M": (cpu_seconds(host.worker) - before) / docs.count * 1e6,
            "RSS MB": memory_mb(host.worker),
            "bytes": (bytes_written(host.worker) - written - out.stat().st_size) / docs.bytes}


def jobs(build: Build, setting: Setting) -> list[Job]:
    rates: dict[Load, float] = {}

    def full(load: Load) -> list[Figures]:
        figures = measure(build, setting, load)
        rates[load] = figures["docs/s"]
        return [figures]

    def half(load: Load) -> list[Figures]:
        return [measure(build, setting, load, rates[load] / 2)]

    return [Job(each.name, partial(full, each)) for each in LOADS] + [
        Job(f"{each.name}, half load", partial(half, each)) for each in HALF_LOADS]
