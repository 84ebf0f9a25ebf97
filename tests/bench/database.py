# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server of one's own, with Debian's settings but for its place."""
from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from measuring import Skipped
from processes import Process, free_port, tree_cpu_seconds


@dataclass(frozen=True)
class Database:
    """A running server."""

    process: Process
    port: int

    @property
    def address(self) -> str:
        return f"postgresql://owner@127.0.0.1:{self.port}/postgres"

    def cpu_seconds(self) -> float:
        """Of all its processes, so far."""
        return tree_cpu_seconds(self.process.pid)

    def ask(self, question: str) -> int:
        """The number that answers a statement of SQL."""
        told = subprocess.run([programs() / "psql", "-XAtc", question, self.address], capture_output=True,
                              text=True, check=True)
        return int(told.stdout)


def programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise Skipped("cluster: PostgreSQL's server is not installed (Debian: postgresql-15)")
    return found[-1].parent


def as_server() -> list[str | Path]:
    """What runs a program as the server's user: as root the server refuses to start."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []


@contextmanager
def database(work: Path) -> Iterator[Database]:
    """Makes a cluster in a folder of its own, starts it, and removes it afterwards."""
    bin_folder = programs()
    place = Path(tempfile.mkdtemp(dir=work))
    try:
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(place, owner.pw_uid, owner.pw_gid)
        data, port = place / "data", free_port()
        subprocess.run([*as_server(), bin_folder / "initdb", "-D", data, "-U", "owner", "-A", "trust",
                        "-E", "UTF8", "--no-locale"], stdout=subprocess.DEVNULL, check=True, cwd=place)
        with Process([*as_server(), bin_folder / "postgres", "-D", data, "-p", str(port),
                      "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={place}"],
                     work / "database.log") as process:
            process.wait_for_port(port)
            yield Database(process, port)
            process.stop()
    finally:
        shutil.rmtree(place, ignore_errors=True)
