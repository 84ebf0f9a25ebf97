# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""Programs that are started, watched and ended by a measurement."""
from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from measuring import Failed

TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return int(any_port.getsockname()[1])


def wait_until(condition: Callable[[], bool], what: str, most: float = 60,
               pause: float = 0.002) -> None:
    end = time.monotonic() + most
    while not condition():
        if time.monotonic() > end:
            raise Failed(f"{what}: not within {most:g} s")
        time.sleep(pause)


def ask(port: int, path: str, method: str = "GET") -> tuple[int, str]:
    """The status and the body of an answer; status 0 if nobody answers."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
            connection.sendall(head.encode())
            answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    except OSError:
        return 0, ""
    return int(answer.split(" ", 2)[1] or 0), answer.partition("\r\n\r\n")[2]


class Process:
    """A program with a log of its own, ended with its context."""

    def __init__(self, arguments: list[str | Path], log: Path,
                 environment: Mapping[str, str] | None = None) -> None:
        self.log = log
        with log.open("wb") as out:
            self.child = subprocess.Popen(
                arguments, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                cwd=log.parent, env={**os.environ, **(environment or {})})

    @property
    def pid(self) -> int:
        return self.child.pid

    def first_child(self) -> int:
        """The process that does the work for this one."""
        return int(Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()[0])

    def wait_for_answer(self, port: int, path: str) -> None:
        self._wait(lambda: ask(port, path)[0] // 100 == 2)

    def wait_for_port(self, port: int) -> None:
        """Until somebody takes connections there."""
        def is_open() -> bool:
            with socket.socket() as any_port:
                return any_port.connect_ex(("127.0.0.1", port)) == 0

        self._wait(is_open)

    def wait_for_words(self, words: str) -> None:
        self._wait(lambda: words in self.log.read_text(errors="replace"))

    def _wait(self, is_ready: Callable[[], bool]) -> None:
        def is_ready_or_gone() -> bool:
            if self.child.poll() is not None:
                raise Failed(f"{self.log}: it ended before it was ready: {self.last_words()}")
            return is_ready()

        wait_until(is_ready_or_gone, f"{self.log}: ready")

    def last_words(self) -> str:
        return self.log.read_text(errors="replace").strip()[-500:]

    def stop(self, expected: int | None = 0, most: float = 60) -> None:
        """Ends it as a user would; a failure if it does not end with the expected code."""
        self.child.send_signal(signal.SIGTERM)
        code = self.child.wait(most)
        if expected is not None and code != expected:
            raise Failed(f"{self.log}: ended with {code}: {self.last_words()}")

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait()


def cpu_seconds(pid: int) -> float:
    """Of user and system together, so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def tree_cpu_seconds(pid: int) -> float:
    """The same, with all that it has started: those that run, and those that have ended. One that
    ends meanwhile is among those that its parent has waited for, which are read last."""
    running = 0.0
    for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        with suppress(FileNotFoundError, ProcessLookupError):
            running += tree_cpu_seconds(int(each))
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return running + sum(int(each) for each in fields[11:15]) / TICK


def memory_mb(pid: int, name: str = "VmHWM") -> float:
    """VmHWM is the most that was resident, VmRSS what is now."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) / 1024
    raise Failed(f"/proc/{pid}/status: no {name}")


def bytes_written(pid: int) -> int:
    """What it has had written to disks so far."""
    for line in Path(f"/proc/{pid}/io").read_text().splitlines():
        if line.startswith("write_bytes:"):
            return int(line.split()[1])
    raise Failed(f"/proc/{pid}/io: no write_bytes")


def busy_seconds() -> float:
    """Of all processors, by whomever, so far."""
    fields = [int(each) for each in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / TICK  # without idle and waiting for the disk
