# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""The documents of the ingest job: 60,000 real ones, made once from Debian's package metadata."""
from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from measuring import Failed, say

ID = re.compile(rb'"id":(\d+)')
DROPPED = b'"section":"libdevel"'


@dataclass(frozen=True)
class Documents:
    """The first so many lines of a file, and which of them the job lets through."""

    file: Path
    count: int
    kept: frozenset[int]

    def first(self, count: int) -> Documents:
        return Documents(self.file, count, frozenset(each for each in self.kept if each < count))

    @property
    def bytes(self) -> int:
        """Of all of them, without the ends of lines."""
        with self.file.open("rb") as lines:
            return sum(len(line) - 1 for line in islice(lines, self.count))

    def check(self, out: Path) -> None:
        """Raises unless each document that is kept is there once, renamed and set."""
        found: list[int] = []
        with out.open("rb") as lines:
            for line in lines:
                found.append(int(ID.search(line)[1]))  # type: ignore[index]
                if b'"name":' not in line or b'"stage":"done"' not in line:
                    raise Failed(f"{out}: line {len(found)} is not as the job makes it")
        if len(found) != len(self.kept) or set(found) != self.kept:
            raise Failed(f"{out}: {len(found)} documents, {len(set(found))} different ones; "
                         f"expected {len(self.kept)}")


def documents(folder: Path) -> Documents:
    file = folder / "docs60k.ndjson"
    if not file.exists():
        say(f"making {file}")
        make(folder, file)
    meta = json.loads(file.with_name(file.name + ".meta.json").read_text())
    with file.open("rb") as lines:
        kept = frozenset(i for i, line in enumerate(lines) if DROPPED not in line)
    if len(kept) != meta["kept"]:
        raise Failed(f"{file}: {len(kept)} documents to keep; expected {meta['kept']}")
    return Documents(file, int(meta["docs"]), kept)


def make(folder: Path, file: Path) -> None:
    lists, cache = folder / "lists", folder / "cache" / "archives"
    for place in lists, cache:
        (place / "partial").mkdir(parents=True, exist_ok=True)
    options = ["-o", "Acquire::Languages=en", "-o", f"Dir::State::Lists={lists}",
               "-o", f"Dir::Cache={folder / 'cache'}", "-o", "APT::Sandbox::User=root"]
    subprocess.run(["apt-get", "-qq", *options, "update"], check=True)
    available, translated = folder / "avail.txt", folder / "trans.txt"
    with available.open("wb") as out:
        subprocess.run(["apt-cache", *options, "dumpavail"], stdout=out, check=True)
    with translated.open("wb") as out:
        for each in sorted(lists.glob("*Translation-en*")):
            subprocess.run(["/usr/lib/apt/apt-helper", "cat-file", each], stdout=out, check=True)
    maker = Path(__file__).parent / "ingest" / "make_dataset.py"
    subprocess.run([maker, available, translated, file], stdout=subprocess.DEVNULL, check=True)
