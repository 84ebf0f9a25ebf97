# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""What is measured: jobs that yield figures, and rows that say which figures are shown against which."""
from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

Figures = dict[str, float]


class Failed(Exception):
    """A run that went wrong: no figure of it may be shown."""


class Skipped(Exception):
    """A part that cannot be measured here, and why."""


@dataclass(frozen=True)
class Build:
    """A build folder: the program, its packages, and the measuring programs linked with it."""

    name: str
    folder: Path

    def program(self, name: str) -> Path:
        return self.folder / "bin" / name


@dataclass(frozen=True)
class Job:
    """Something to run once a round; it may measure several times itself, peers in turn."""

    name: str
    run: Callable[[], list[Figures]]


@dataclass(frozen=True)
class Target:
    """A line of the targets: at least or at most so much, of the ratio or of the value itself."""

    limit: float
    at_least: bool = True
    of_ratio: bool = True

    def __str__(self) -> str:
        return f"{'>=' if self.at_least else '<='} {self.limit:g}"

    def verdict(self, reached: float) -> str:
        if reached >= self.limit if self.at_least else reached <= self.limit:
            return "reached"
        short = self.limit / reached if self.at_least else reached / self.limit
        return f"short by {short:.2f}x"


@dataclass(frozen=True)
class Row:
    """One line of the table: a figure of a job, and what it is divided by."""

    what: str
    unit: str
    job: str
    figure: str
    against: tuple[str, str] | None = None  # a job and a figure of it
    against_constant: float | None = None
    against_name: str = ""
    target: Target | None = None


@dataclass
class Results:
    """The figures of each job, one list an item for each time it was measured."""

    samples: dict[str, list[Figures]] = field(default_factory=dict)

    def values(self, job: str, figure: str) -> list[float]:
        return [each[figure] for each in self.samples.get(job, []) if figure in each]

    def ratios(self, row: Row) -> list[float]:
        """Pairwise: what was measured in one round is divided by what was measured in the same."""
        ours = self.values(row.job, row.figure)
        if row.against_constant is not None:
            return [each / row.against_constant for each in ours]
        if row.against is None:
            return []
        theirs = self.values(*row.against)
        return [one / other for one, other in zip(ours, theirs) if other > 0]


def spread(values: list[float]) -> tuple[float, float, float]:
    """Median, least and greatest."""
    return statistics.median(values), min(values), max(values)


def say(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)


def beside(ours: list[Job], peers: list[Job], rows: list[Row]) -> list[Job]:
    """Ours in their order, each peer right behind the first of ours that is compared with it."""
    left = {each.name: each for each in peers}
    order: list[Job] = []
    for job in ours:
        order.append(job)
        compared = {row.against[0] for row in rows if row.job == job.name and row.against}
        order += [left.pop(name) for name in list(left) if name in compared]
    return order + list(left.values())


def run_rounds(jobs: list[Job], rounds: int) -> Results:
    """Runs all jobs in turn, so often; every other round backwards, so that none is always first."""
    results = Results()
    for number in range(rounds):
        for job in jobs if number % 2 == 0 else reversed(jobs):
            say(f"round {number + 1} of {rounds}: {job.name}")
            results.samples.setdefault(job.name, []).extend(job.run())
    return results
