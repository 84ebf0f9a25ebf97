# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""The rows of the ingest job, and their targets."""
from __future__ import annotations

import fluent_bit
import ingest
import node_red
import peers
from ingest import HALF_LOADS, LOADS, Load
from measuring import Row, Target
from peers import GROUPS, NGINX_LOADS
from setting import Part

NGINX_TARGETS = {Load(16, 1, "memory"): Target(0.6)}
# Documents a second at least, and CPU at most, as parts of Fluent Bit's.
FLUENT_BIT_TARGETS = {Load(16, 1, "memory"): (1.5, 0.6), Load(16, 1, "durable"): (1.0, 1.0),
                      Load(4, 500, "durable"): (4, 0.25)}


def rows() -> list[Row]:
    all_rows: list[Row] = []
    for load in LOADS:
        all_rows += rates(load) + costs(load.name)
    for load in node_red.LOADS:
        all_rows += node_red_rows(load)
    if fluent_bit.program():
        for load in fluent_bit.LOADS:
            job = fluent_bit.name_of(load)
            all_rows += [Row(job, "docs/s", job, "docs/s"), *costs(job)]
    for load in HALF_LOADS:
        all_rows += half_load(load)
    for load in NGINX_LOADS:
        job = f"nginx, {load.name}"
        all_rows.append(Row(f"nginx return 202, {load.name}", "docs/s", job, "docs/s"))
        all_rows += costs(job)
    for lines in GROUPS:
        job = f"raw append of {lines}"
        all_rows += [Row(f"{job} documents a sync", "docs/s", job, "docs/s"),
                     Row("", "MB/s", job, "MB/s"), Row("", "ms p50", job, "p50 ms")]
    return all_rows


def rates(load: Load) -> list[Row]:
    job, title = load.name, f"ingest, {load.name}"
    shown = rates_beside_fluent_bit(load, title)
    if load.batch > 1:
        shown = shown or [Row(title, "docs/s", job, "docs/s")]
        return shown + ([beside_the_disk(job, each) for each in (500, 2000)] if load.ack == "durable" else [])
    nginx = Load(load.connections).name
    shown.append(Row("" if shown else title, "docs/s", job, "docs/s", (f"nginx, {nginx}", "docs/s"),
                     against_name="nginx return 202", target=NGINX_TARGETS.get(load)))
    if load == Load(64, 1, "durable"):
        shown.append(Row("", "bytes written / body", job, "bytes",
                         target=Target(2, at_least=False, of_ratio=False)))
    return shown


def beside_the_disk(job: str, lines: int) -> Row:
    """At four connections a commit has the documents of two requests, or of one."""
    return Row("", "MB/s accepted", job, "accepted MB/s", (f"raw append of {lines}", "MB/s"),
               against_name=f"raw append of {lines}", target=Target(0.5) if lines == 2000 else None)


def rates_beside_fluent_bit(load: Load, title: str) -> list[Row]:
    """Documents a second and CPU, of the loads that have targets beside it."""
    if load not in FLUENT_BIT_TARGETS:
        return []
    peer = Load(load.connections, load.batch)
    rate, cost = FLUENT_BIT_TARGETS[load]

    def row(what: str, unit: str, figure: str, target: Target) -> Row:
        if fluent_bit.program():
            return Row(what, unit, load.name, figure, (fluent_bit.name_of(peer), figure),
                       against_name="Fluent Bit", target=target)
        return Row(what, unit, load.name, figure, against_constant=fluent_bit.ANOTHER_DAY[peer][figure],
                   against_name="Fluent Bit, another day", target=target)

    return [row(title, "docs/s", "docs/s", Target(rate)),
            row("", "CPU s/M docs", "CPU s/M", Target(cost, at_least=False))]


def costs(job: str) -> list[Row]:
    return [Row("", "CPU s/M docs", job, "CPU s/M"), Row("", "MB peak RSS", job, "RSS MB"), *latencies(job)]


def latencies(job: str) -> list[Row]:
    return [Row("", f"ms {each}", job, f"{each} ms") for each in ("p50", "p99", "p99.9")]


def half_load(load: Load) -> list[Row]:
    job = f"{load.name}, half load"
    shown = [Row(f"ingest, {job}", "docs/s", job, "docs/s"), *latencies(job)]
    if load == Load(64, 1, "durable"):
        shown.append(Row("", "ms p99", job, "p99 ms", ("raw append of 1", "p50 ms"),
                         against_name="one disk sync", target=Target(3, at_least=False)))
    return shown


def node_red_rows(load: Load) -> list[Row]:
    job = node_red.name_of(load)
    ours = Load(load.connections, load.batch, "memory").name
    return [Row(job, "docs/s", job, "docs/s"),
            Row(f"ingest, {ours}", "docs/s", ours, "docs/s", (job, "docs/s"), against_name="Node-RED"),
            *costs(job)]


INGEST = Part("ingest", ingest.jobs, rows,
              lambda setting: peers.jobs(setting) + node_red.jobs(setting) + fluent_bit.jobs(setting))
