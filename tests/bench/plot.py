#!/usr/bin/env -S python3 -B
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""Draws docs/performance/*.svg from docs/performance/scale.json, which `./dev bench scale --update` writes."""
from __future__ import annotations

import json
import sys
from pathlib import Path

from measuring import Figures, Results
from svg import Chart

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "performance"
RECORD = FOLDER / "scale.json"


def keep(results: Results, load: float) -> None:
    """Writes down what was measured."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = [f"  {json.dumps(name)}: {json.dumps(samples)}" for name, samples in results.samples.items()]
    RECORD.write_text('{\n  "load": %.1f,\n%s\n}\n' % (load, ",\n".join(lines)))


def pictures() -> dict[Path, str]:
    samples = {name: each for name, each in json.loads(RECORD.read_text()).items() if name != "load"}
    return {FOLDER / f"{name}.svg": chart.draw() for name, chart in charts(samples).items()}


def draw() -> None:
    for file, picture in pictures().items():
        file.write_text(picture)


def check() -> int:
    """0 if the pictures show what is recorded."""
    stale = [file for file, picture in pictures().items()
             if not file.exists() or file.read_text() != picture]
    for file in stale:
        print(f"{file}: does not show {RECORD.name}; expected what tests/bench/plot.py draws")
    return 1 if stale else 0


def charts(samples: dict[str, list[Figures]]) -> dict[str, Chart]:
    def points(what: str, figure: str) -> list[tuple[float, float]]:
        return sorted((float(name.split()[1]), each[0][figure])
                      for name, each in samples.items() if name.startswith(what + " "))

    endured = next(each for name, each in samples.items() if name.startswith("packets "))
    return {
        "nodes": Chart("One hop, as the graph grows", "nodes in a chain", "CPU ns a packet and edge",
                       points("nodes", "CPU ns"), log_y=True),
        "capacity": Chart("One hop, as edges hold more", "packets that an edge may hold",
                          "CPU ns a packet and edge", points("capacity", "CPU ns"), log_y=True),
        "bytes": Chart("A document from socket to file, as it grows", "bytes of the document",
                       "CPU ns a byte", points("bytes", "CPU ns a byte"), log_y=True),
        "connections": Chart("A document of 1 kB, as connections grow", "connections, all of them sending",
                             "CPU us a document", points("connections", "CPU us a document")),
        "idle": Chart("What an idle connection holds", "connections", "KB resident each",
                      points("connections", "KB each")),
        "packets": Chart("Memory, as packets pass", "packets so far", "MB resident",
                         [(each["packets"], each["MB RSS"]) for each in endured],
                         log_x=False, values=False),
    }


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(check())
    draw()
