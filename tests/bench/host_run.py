# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""A fresh host for one run: its folder, its graph, its processes."""
from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from measuring import Build
from processes import Process, free_port


@dataclass(frozen=True)
class Host:
    """A running host, and the process of it that does the work."""

    process: Process
    worker: int
    port: int
    place: Path
    start_seconds: float


@contextmanager
def running(build: Build, work: Path, graph: Path, *options: str,
            into_pipe: bool = False, within: Sequence[str | Path] = ()) -> Iterator[Host]:
    """Starts it and waits until it is ready; ends it as a user would, and then nothing may be left.
    `${env:INGEST_OUT}` in the graph is the file, or the pipe, `out.ndjson` in its folder. `within` is
    put before the program, see quota."""
    with tempfile.TemporaryDirectory(dir=work, ignore_cleanup_errors=True) as name:
        place, port = Path(name), free_port()
        out = place / "out.ndjson"
        if into_pipe:
            os.mkfifo(out)
        begin = time.monotonic()
        with Process(
            [*within, build.program("penstock"), "run", "--listen", f"127.0.0.1:{port}",
             "--data", place / "data", *options, graph],
            place / "log",
            {"INGEST_OUT": str(out), "XDG_DATA_HOME": name}) as process:
            process.wait_for_answer(port, "/readyz")
            yield Host(process, process.first_child(), port, place, time.monotonic() - begin)
            process.stop()
