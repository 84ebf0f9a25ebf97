# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""The rows of the ingest job, and their targets."""
from __future__ import annotations

import ingest
import node_red
import peers
from ingest import HALF_LOADS, LOADS, Load
from measuring import Row, Target
from peers import FLUENT_BIT_BATCH, FLUENT_BIT_SINGLE, GROUPS, NGINX_LOADS
from setting import Part

def rows() -> list[Row]:
    all_rows: list[Row] = []
    for load in LOADS:
        all_rows += rates(load) + costs(load.name)
    for load in node_red.LOADS:
        all_rows += node_red_rows(load)
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
    if load.batch > 1:
        return batch_rates(load, title)

    def against(what: tuple[str, str], name: str, target: float | None) -> Row:
        return Row(title, "docs/s", job, "docs/s", what, against_name=name,
                   target=None if target is None else Target(target))

    nginx = (f"nginx, {Load(load.connections).name}", "docs/s")
    if load.ack == "memory":
        return [fluent_bit(title, job, FLUENT_BIT_SINGLE, 1.3), against(nginx, "nginx return 202", 0.6)]
    if load.connections == 64:
        return [against(("raw append of 64", "docs/s or Fluent Bit's"), "raw append of 64, or Fluent Bit",
                        0.7)]
    return [against(nginx, "nginx return 202", None)]


def batch_rates(load: Load, title: str) -> list[Row]:
    job = load.name
    if load.ack == "memory":
        return [fluent_bit(title, job, FLUENT_BIT_BATCH, None)]
    return [fluent_bit(title, job, FLUENT_BIT_BATCH, 2.5)] + [
        Row(title, "MB/s accepted", job, "accepted MB/s", (f"raw append of {each}", "MB/s"),
            against_name=f"raw append of {each}", target=Target(0.5) if each == 2000 else None)
        for each in (500, 2000)]


def fluent_bit(title: str, job: str, best: float, target: float | None) -> Row:
    return Row(title, "docs/s", job, "docs/s", against_constant=best,
               against_name="Fluent Bit, another day", target=None if target is None else Target(target))


def costs(job: str) -> list[Row]:
    target = Target(4, at_least=False, of_ratio=False) if job.startswith("batch") and \
        job.endswith("durable") else None
    return [Row("", "CPU s/M docs", job, "CPU s/M", target=target), Row("", "MB peak RSS", job, "RSS MB"),
            *latencies(job)]


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
              lambda setting: peers.jobs(setting) + node_red.jobs(setting))
