# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""What makes the table of figures one that can be believed."""
from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

import table
from documents import Documents
from measuring import Failed, Figures, Job, Results, Row, Target, beside, run_rounds
from svg import nice_ceiling


def nothing() -> list[Figures]:
    return []


class Measuring(unittest.TestCase):
    def test_a_ratio_pairs_what_was_measured_in_one_round(self) -> None:
        results = Results({"ours": [{"rate": 10}, {"rate": 40}], "peer": [{"rate": 20}, {"rate": 20}]})
        self.assertEqual(results.ratios(Row("", "", "ours", "rate", ("peer", "rate"))), [0.5, 2])

    def test_a_row_without_its_peer_has_no_ratio_and_no_verdict(self) -> None:
        row = Row("a", "docs/s", "ours", "rate", ("peer", "rate"), against_name="b", target=Target(2))
        self.assertEqual(table.cells(row, Results({"ours": [{"rate": 10}]}))[5:], [""] * 6)

    def test_a_row_that_was_not_measured_is_left_out(self) -> None:
        self.assertEqual(table.as_json([Row("a", "", "ours", "rate")], Results()), [])

    def test_a_target_is_reached_at_its_limit_and_tells_how_short_one_falls(self) -> None:
        self.assertEqual(Target(3).verdict(3), "reached")
        self.assertEqual(Target(3).verdict(2), "short by 1.50x")
        self.assertEqual(Target(4, at_least=False).verdict(6), "short by 1.50x")

    def test_peers_run_right_behind_what_is_compared_with_them(self) -> None:
        jobs = {name: Job(name, nothing) for name in ("a", "b", "x", "y", "z")}
        order = beside([jobs["a"], jobs["b"]], [jobs["z"], jobs["y"], jobs["x"]],
                       [Row("", "", "b", "", ("y", "")), Row("", "", "a", "", ("x", ""))])
        self.assertEqual([each.name for each in order], ["a", "x", "b", "y", "z"])

    def test_every_other_round_runs_backwards(self) -> None:
        ran: list[str] = []

        def note(name: str) -> list[Figures]:
            ran.append(name)
            return [{"n": len(ran)}]

        results = run_rounds([Job("a", lambda: note("a")), Job("b", lambda: note("b"))], 2)
        self.assertEqual(ran, ["a", "b", "b", "a"])
        self.assertEqual(results.values("a", "n"), [1, 4])

    def test_a_plot_has_room_above_its_highest_point(self) -> None:
        self.assertEqual([nice_ceiling(each) for each in (9, 9.86, 0.97, 31)], [10, 20, 2, 40])


class Output(unittest.TestCase):
    def check(self, lines: list[str]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "out"
            out.write_text("".join(line + "\n" for line in lines))
            Documents(out, 3, frozenset({0, 2})).check(out)

    def line(self, number: int) -> str:
        return f'{{"id":{number},"name":"a","stage":"done"}}'

    def test_all_documents_once_are_fine_in_any_order(self) -> None:
        self.check([self.line(2), self.line(0)])

    def test_a_lost_a_doubled_and_an_untouched_document_are_not(self) -> None:
        for lines in ([self.line(0)], [self.line(0), self.line(0)], [self.line(i) for i in (0, 2, 2)],
                      [self.line(0), '{"id":2,"package":"a","stage":"done"}']):
            with self.assertRaises(Failed):
                self.check(lines)


if __name__ == "__main__":
    unittest.main()
