# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""The one table, and the same as JSON."""
from __future__ import annotations

from measuring import Results, Row, spread

TITLES = ["", "unit", "median", "least", "greatest", "against", "ratio", "least", "greatest",
          "target", ""]
TEXTS = {0, 1, 5, 9, 10}  # these columns begin at the left


def number(value: float) -> str:
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.{1 if abs(value) >= 10 else 2}f}"


def cells(row: Row, results: Results) -> list[str]:
    values = results.values(row.job, row.figure)
    if not values:
        return []
    line = [row.what, row.unit, *map(number, spread(values))]
    ratios = results.ratios(row)
    line += [row.against_name, *map(number, spread(ratios))] if ratios else [""] * 4
    if row.target and (ratios or not row.target.of_ratio):
        reached = spread(ratios if row.target.of_ratio else values)[0]
        return line + [str(row.target), row.target.verdict(reached)]
    return line + ["", ""]


def text(rows: list[Row], results: Results) -> str:
    """The rows that have figures, in columns."""
    lines = [TITLES] + [line for line in (cells(row, results) for row in rows) if line]
    widths = [max(len(line[i]) for line in lines) for i in range(len(TITLES))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i in TEXTS else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths))
        ).rstrip()
        for line in lines
    )


def as_json(rows: list[Row], results: Results) -> list[dict[str, object]]:
    """The rows that have figures, with every value that was measured."""
    lines: list[dict[str, object]] = []
    for row in rows:
        values = results.values(row.job, row.figure)
        if not values:
            continue
        line: dict[str, object] = {"what": row.what, "unit": row.unit, "job": row.job,
                                   "figure": row.figure, "values": values}
        ratios = results.ratios(row)
        if ratios:
            line |= {"against": row.against_name, "ratios": ratios}
        if row.target and (ratios or not row.target.of_ratio):
            reached = spread(ratios if row.target.of_ratio else values)[0]
            line |= {"target": str(row.target), "verdict": row.target.verdict(reached)}
        lines.append(line)
    return lines
