# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""Where a measurement takes place, and the parts that there are to measure."""
from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from documents import Documents, documents
from measuring import Build, Figures, Job, Row


@dataclass(frozen=True)
class Setting:
    """The programs that measure, and a folder on the disk that is measured."""

    tools: Build
    work: Path
    long: bool = False  # minutes instead of seconds, where that can show something

    @cached_property
    def docs(self) -> Documents:
        return documents(self.work)


@dataclass(frozen=True)
class Part:
    """What can be asked for by name: jobs of a build, jobs of others beside it, and their rows."""

    name: str
    jobs: Callable[[Build, Setting], list[Job]]
    rows: Callable[[], list[Row]]
    peers: Callable[[Setting], list[Job]] = lambda setting: []


def json_lines(program: Path, *arguments: str | Path) -> list[Figures]:
    """Runs a measuring program that prints an object a round."""
    told = subprocess.run([program, *arguments], stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in told.splitlines()]
