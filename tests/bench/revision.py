# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""Another commit's program, measured in turn with this one by the same measuring programs."""
from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

from measuring import Build, Failed, Job, Row, say
from setting import Part, Setting

HERE = Path(__file__).parent
MEASURING = ["json_bench", "hop_bench", "work_package", *(f"counted_{each}" for each in
                                                          ("hop", "fields", "json", "requests", "load"))]


def git(*arguments: str | Path) -> str:
    ran = subprocess.run(["git", *arguments], cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if ran.returncode != 0:
        raise Failed(f"git {arguments[0]}: {ran.stderr.decode().strip()}")
    return ran.stdout.decode().strip()


def built(rev: str, below: Path) -> Build:
    """Builds a commit in a work tree of its own, with the measuring programs of this one. Those that
    its code does not know are left out, and so are their rows."""
    commit = git("rev-parse", "--verify", f"{rev}^{{commit}}")
    place = below / commit[:12]
    if not place.exists():
        git("worktree", "prune")
        git("worktree", "add", "--detach", place, commit)
    shutil.rmtree(place / "tests" / "bench", ignore_errors=True)
    shutil.copytree(HERE, place / "tests" / "bench")
    say(f"building {rev} in {place}")
    make("cmake", "--preset", "release", cwd=place)
    folder = place / "build" / "release"
    make("cmake", "--build", folder, "--target", "program")
    for each in MEASURING:
        try:
            make("cmake", "--build", folder, "--target", each)
        except Failed:
            say(f"{rev}: {each} cannot be built there: skipped")
    return Build(rev, folder)


def make(*command: str | Path, cwd: Path = HERE) -> None:
    ran = subprocess.run(["nice", *command], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if ran.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))}: {ran.stdout.decode()[-2000:]}")


def of_other(name: str, other: Build) -> str:
    return f"{name} of {other.name}"


def jobs(part: Part, this: Build, other: Build, setting: Setting) -> list[Job]:
    """Each job of this build beside the same of the other."""
    theirs = {each.name: each for each in part.jobs(other, setting)}
    return [job for each in part.jobs(this, setting)
            for job in (each, replace(theirs[each.name], name=of_other(each.name, other)))]


def rows(part: Part, this: Build, other: Build, setting: Setting) -> list[Row]:
    """What the rows show of this build, against the other."""
    ours = {each.name for each in part.jobs(this, setting)}
    figures: dict[tuple[str, str], Row] = {}
    title = ""
    for row in part.rows():
        title = row.what or title
        if row.job in ours:
            figures.setdefault((row.job, row.figure), replace(
                row, what=title, against=(of_other(row.job, other), row.figure),
                against_constant=None, against_name=other.name, target=None))
    return list(figures.values())
