# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""How long /livez waits while somebody reads what is kept: dead letters, receipts, idempotency keys."""
from __future__ import annotations

import http.client
import itertools
import json
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from host_run import running
from ingest import Load, send
from measuring import Build, Failed, Figures, Job, Row, Target
from processes import ask, wait_until
from setting import Part, Setting

GRAPH = Path(__file__).parent / "readers" / "graph.json"
SECONDS = 3
PAGE = 1000  # dead letters of an answer, the most that may be asked for


def get(connection: http.client.HTTPConnection, path: str, expected: int = 200) -> bytes:
    return exchange(connection, "GET", path, expected)


def exchange(connection: http.client.HTTPConnection, method: str, path: str, expected: int,
             body: str | None = None, headers: dict[str, str] | None = None) -> bytes:
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != expected:
        raise Failed(f"{method} {path}: {answer.status} {content[:200]!r}; {expected} was expected")
    return content


def read_dead_letters(connection: http.client.HTTPConnection) -> None:
    """All pages, from the newest to the oldest."""
    first = path = f"/api/dead-letters?limit={PAGE}"
    while letters := json.loads(get(connection, path))["dead_letters"]:
        path = f"{first}&before={letters[-1]['id']}"


def read_receipts(connection: http.client.HTTPConnection) -> None:
    """That of the same request, again and again."""
    given = exchange(connection, "POST", "/data", 202, "{}", {"Content-Type": "application/json"})
    path = f"/receipts/{json.loads(given)['receipt']}"
    for _ in range(1000):
        get(connection, path)


def use_keys(connection: http.client.HTTPConnection) -> None:
    """A request with a key, and again with the same one."""
    for number in itertools.islice(itertools.count(time.monotonic_ns()), 100):
        headers = {"Content-Type": "application/json", "Idempotency-Key": f"key-{number}"}
        for _ in range(2):
            exchange(connection, "POST", "/data", 202, "{}", headers)


READERS: dict[str, Callable[[http.client.HTTPConnection], None]] = {
    "dead letters": read_dead_letters, "receipts": read_receipts, "idempotency keys": use_keys}


def read_on(read: Callable[[http.client.HTTPConnection], None], port: int) -> None:
    os.nice(19)  # else it would take processors from the host, which one elsewhere does not
    connection = http.client.HTTPConnection("127.0.0.1", port)
    while True:
        read(connection)


@contextmanager
def reader(name: str, port: int) -> Iterator[None]:
    """Somebody who reads all the time, in a process of its own."""
    process = multiprocessing.get_context("fork").Process(target=read_on, args=(READERS[name], port))
    process.start()
    try:
        yield
        if not process.is_alive():
            raise Failed(f"readers: that of {name} ended before its time")
    finally:
        process.kill()
        process.join()


def waited_for_processor() -> float:
    """Seconds that this thread has been able to run and has not; nothing where the kernel does not tell."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


def longest_wait(port: int) -> float:
    """Of /livez, in ms, asked every ms for some seconds; without what the asker has itself waited for a
    processor, which one elsewhere does not share with the host."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    get(connection, "/livez")
    longest, end = 0.0, time.monotonic() + SECONDS
    while (begin := time.monotonic()) < end:
        own = waited_for_processor()
        get(connection, "/livez")
        own = waited_for_processor() - own
        longest = max(longest, time.monotonic() - begin - own)
        time.sleep(0.001)
    connection.close()
    return longest * 1e3


def measure(build: Build, setting: Setting) -> Figures:
    docs = setting.docs
    with running(build, setting.work, GRAPH) as host:
        send(setting, docs, host.port, "/data", Load(4, 500, "durable"))
        wait_until(lambda: json.loads(ask(host.port, "/api/dead-letters?limit=1")[1])["kept"] == docs.count,
                   f"readers: {docs.count} dead letters", 120, 0.1)
        figures = {"nobody": longest_wait(host.port)}
        for name in READERS:
            with reader(name, host.port):
                figures[name] = longest_wait(host.port)
    return figures


def jobs(build: Build, setting: Setting) -> list[Job]:
    return [Job("readers", lambda: [measure(build, setting)])]


def rows() -> list[Row]:
    at_most = Target(5, at_least=False, of_ratio=False)
    return [Row("longest wait of /livez, beside nobody", "ms", "readers", "nobody")] + [
        Row(f"beside a reader of {name}", "ms", "readers", name, target=at_most) for name in READERS]


READING = Part("readers", jobs, rows)
