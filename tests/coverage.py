#!/usr/bin/env python3
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

"""Prints which part of host/ and sdk/ a build with counters has run: coverage.py BUILD.

A line counts as run if it ran in any object of the build. The ten largest regions are runs of lines
with code of which none ran, blank lines and comments between them not counted.
"""

import collections
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile


def counts(build: pathlib.Path, tree: pathlib.Path) -> dict[str, dict[int, int]]:
    """Returns, for each file of host/ and sdk/, how often each of its lines with code ran."""
    notes = [str(file.resolve()) for file in build.rglob("*.gcno")]
    lines: dict[str, dict[int, int]] = collections.defaultdict(lambda: collections.defaultdict(int))
    with tempfile.TemporaryDirectory() as scratch:
        for start in range(0, len(notes), 20):
            subprocess.run(["gcov", "--json-format", "--hash-filenames", *notes[start : start + 20]], cwd=scratch,
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for report in pathlib.Path(scratch).glob("*.gcov.json.gz"):
            read = json.loads(gzip.decompress(report.read_bytes()))
            for file in read["files"]:
                path = (pathlib.Path(read["current_working_directory"]) / file["file"]).resolve()
                if not path.is_relative_to(tree):
                    continue
                name = str(path.relative_to(tree))
                if name.split("/")[0] not in ("host", "sdk"):
                    continue
                for line in file["lines"]:
                    lines[name][line["line_number"]] += line["count"]
    return lines


def regions(lines: dict[str, dict[int, int]]) -> list[tuple[int, str]]:
    """Returns the regions that did not run, the largest first: lines of code, and FILE:FIRST-LAST."""
    found = []
    for name, of_file in lines.items():
        run: list[int] = []
        for number, count in sorted(of_file.items()) + [(0, 1)]:
            if count == 0:
                run.append(number)
            elif run:
                found.append((len(run), f"{name}:{run[0]}-{run[-1]}"))
                run = []
    return sorted(found, reverse=True)


def main() -> None:
    build = pathlib.Path(sys.argv[1])
    lines = counts(build, pathlib.Path(__file__).resolve().parent.parent)
    if not lines:
        sys.exit(f"{build}: nothing was counted; expected a build of the preset coverage whose tests have run")
    for part in ("sdk", "host"):
        rooms: dict[str, list[int]] = collections.defaultdict(list)
        for name, of_file in lines.items():
            if name.startswith(part + "/"):
                rooms["/".join(name.split("/")[:2])] += [count for count in of_file.values()]
        every = [count for counted in rooms.values() for count in counted]
        for room, counted in sorted(rooms.items()) + [(part, every)]:
            ran = sum(count > 0 for count in counted)
            print(f"{100 * ran / max(len(counted), 1):6.1f} %  {ran:6} of {len(counted):6} lines  {room}")
    print("The largest regions that did not run:")
    for size, place in regions(lines)[:10]:
        print(f"{size:6} lines  {place}")


if __name__ == "__main__":
    main()
