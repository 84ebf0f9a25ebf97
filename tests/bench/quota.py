# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""A part of a processor for a program and what it starts: a control group's quota."""
from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from measuring import Skipped
from processes import wait_until

ROOT = Path("/sys/fs/cgroup")
NUMBERS = count(1)
PERIOD = 20_000  # microseconds; a short one keeps answers from waiting long for the next


@contextmanager
def part_of_processor(part: float) -> Iterator[list[str | Path]]:
    """Yields what is put before a program so that it runs with that part of one processor. Empty
    when it ends: what ran in it has ended by then."""
    is_first = (ROOT / "cpu").is_dir()  # version 1 has a tree for each controller
    group = (ROOT / "cpu" if is_first else ROOT) / f"penstock_bench_{os.getpid()}_{next(NUMBERS)}"
    try:
        group.mkdir()
        if is_first:
            (group / "cpu.cfs_period_us").write_text(str(PERIOD))
            (group / "cpu.cfs_quota_us").write_text(str(int(PERIOD * part)))
        else:
            (group / "cpu.max").write_text(f"{int(PERIOD * part)} {PERIOD}")
    except OSError as error:
        if group.is_dir():
            group.rmdir()
        raise Skipped(f"cluster: a control group with a quota cannot be made here ({error})") from error
    try:
        yield ["sh", "-c", f'echo $$ >{group}/cgroup.procs && exec "$@"', "sh"]
    finally:
        wait_until(lambda: not (group / "cgroup.procs").read_text(), f"{group}: no process")
        group.rmdir()
