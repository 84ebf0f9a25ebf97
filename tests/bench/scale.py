# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""How the cost changes with what grows: nodes, capacity, bytes, connections, packets."""
from __future__ import annotations

import resource
import socket
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from documents import Documents
from host_run import running
from ingest import HERE, Load, send, until_written
from measuring import Build, Failed, Figures, Job, Row, Skipped
from processes import ask, cpu_seconds, memory_mb, wait_until
from setting import Part, Setting, json_lines

NODES = [3, 10, 30, 100, 300, 1_000]
CAPACITIES = [1, 4, 16, 64, 256, 1_024, 10_000, 100_000]
BYTES = {100: 40_000, 1_000: 40_000, 10_000: 8_000, 100_000: 800, 1_000_000: 80, 10_000_000: 16}
CONNECTIONS = [100, 1_000, 3_000, 10_000]
BUSY_DOCUMENTS = 30_000
PACKETS = 100_000_000


def of_size(folder: Path, size: int, count: int) -> Documents:
    """Documents of so many bytes each, all of them kept by the job."""
    file = folder / "docs"
    with file.open("w") as out:
        for i in range(count):
            head = f'{{"id":{i},"package":"p{i}","section":"admin","text":"'
            out.write(head + "x" * (size - len(head) - 2) + '"}\n')
    return Documents(file, count, frozenset(range(count)))


def sized(build: Build, setting: Setting, size: int) -> list[Figures]:
    with tempfile.TemporaryDirectory(dir=setting.work) as name:
        docs = of_size(Path(name), size, BYTES[size])
        with running(build, setting.work, HERE / "graph.json") as host:
            before = cpu_seconds(host.worker)
            told = send(setting, docs, host.port, "/data?ack=memory", Load(4))
            seconds = until_written(docs, host.place / "out.ndjson", told["begin"])
            docs.check(host.place / "out.ndjson")
            cpu, peak = cpu_seconds(host.worker) - before, memory_mb(host.worker)
    return [{"CPU us": cpu / docs.count * 1e6, "MB/s": docs.count * size / seconds / 1e6,
             "CPU ns a byte": cpu / docs.count / size * 1e9, "RSS MB": peak}]


def connected(build: Build, setting: Setting, count: int) -> list[Figures]:
    """Connections that have asked once and then wait, and as many that send documents."""
    least = count + 500
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < least:
        raise Failed(f"{hard} descriptors are allowed; expected {least}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, least), hard))  # the host inherits it
    with running(build, setting.work, HERE / "graph.json") as host, ExitStack() as open_ones:
        idle, before = memory_mb(host.worker, "VmRSS"), cpu_seconds(host.worker)
        for _ in range(count):
            one = open_ones.enter_context(socket.create_connection(("127.0.0.1", host.port)))
            one.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")
            if not one.recv(4096).startswith(b"HTTP/1.1 200"):
                raise Failed(f"connections: one of {count} was not answered with 200")
        figures = {"KB each": (memory_mb(host.worker, "VmRSS") - idle) / count * 1024,
                   "CPU us each": (cpu_seconds(host.worker) - before) / count * 1e6}
        open_ones.close()
        wait_until(lambda: ask(host.port, "/livez")[0] == 200, "connections: an answer afterwards")
        docs = setting.docs.first(BUSY_DOCUMENTS)
        before = cpu_seconds(host.worker)
        told = send(setting, docs, host.port, "/data?ack=memory", Load(count))
        until_written(docs, host.place / "out.ndjson", told["begin"])
        docs.check(host.place / "out.ndjson")
        figures["CPU us a document"] = (cpu_seconds(host.worker) - before) / docs.count * 1e6
    return [figures]


def jobs(build: Build, setting: Setting) -> list[Job]:
    program = build.program("scale_bench")
    if not program.exists():
        raise Skipped("scale: scale_bench is missing")

    def bench(what: str, n: int) -> Job:
        return Job(f"{what} {n}", lambda: json_lines(program, what, str(n)))

    return [*(bench("nodes", n) for n in NODES), *(bench("capacity", n) for n in CAPACITIES),
            *(Job(f"bytes {n}", partial(sized, build, setting, n)) for n in BYTES),
            *(Job(f"connections {n}", partial(connected, build, setting, n)) for n in CONNECTIONS),
            bench("packets", PACKETS)]


def rows() -> list[Row]:
    first = (f"packets {PACKETS}", "MB RSS")
    return [
        *(Row(f"a hop among {n:,} nodes", "CPU ns", f"nodes {n}", "CPU ns", ("nodes 10", "CPU ns"),
              against_name="10 nodes") for n in NODES),
        *(Row(f"a hop over capacity {n:,}", "CPU ns", f"capacity {n}", "CPU ns",
              ("capacity 256", "CPU ns"), against_name="capacity 256") for n in CAPACITIES),
        *(Row(f"a document of {n:,} bytes, socket to file", unit, f"bytes {n}", unit)
          for n in BYTES for unit in ("CPU us", "MB/s", "CPU ns a byte", "RSS MB")),
        *(Row(f"{n:,} connections", unit, f"connections {n}", unit)
          for n in CONNECTIONS for unit in ("KB each", "CPU us each", "CPU us a document")),
        Row(f"{PACKETS:,} packets over 3 edges", "MB RSS", *first),
        Row("", "CPU ns", first[0], "CPU ns"),
    ]


SCALE = Part("scale", jobs, rows)
