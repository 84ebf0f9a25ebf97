# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""Hosts on one database: what its journal costs against that in files, and what a second host brings."""
from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial

import ingest
import lanes
from database import database
from host_run import running
from ingest import Load
from measuring import Build, Failed, Figures, Job, Row, Target
from processes import busy_seconds, cpu_seconds
from quota import part_of_processor
from setting import Part, Setting

LOADS = [Load(64, 1, "durable"), Load(4, 500, "durable")]
PART = 0.4  # of a processor, for each host; the rest is for the database and who sends
DOCUMENTS = 20_000
IDLE_HOSTS = 8
IDLE_SECONDS = 20
COMMITS = "SELECT xact_commit FROM pg_stat_database WHERE datname = 'postgres'"


def in_files(build: Build, setting: Setting, load: Load) -> list[Figures]:
    return [ingest.measure(build, setting, load)]


def in_database(build: Build, setting: Setting, load: Load) -> list[Figures]:
    with database(setting.work) as server:
        before = server.cpu_seconds()
        figures = ingest.measure(build, setting, load, options=("--journal", server.address))
        used = server.cpu_seconds() - before
    return [figures | {"database CPU s/M": used / setting.docs.count * 1e6}]


def limited(build: Build, setting: Setting, hosts: int) -> list[Figures]:
    """A graph that needs nothing but a processor, on hosts with a part of one each."""
    docs = setting.docs.first(DOCUMENTS)
    with ExitStack() as open_ones:
        server = open_ones.enter_context(database(setting.work))
        all_hosts = [
            open_ones.enter_context(
                running(build, setting.work, lanes.GRAPH, "--lanes", "1", "--journal", server.address,
                        "--packages", str(build.folder / "bench_packages"), "--packages",
                        str(build.folder / "packages"),
                        within=open_ones.enter_context(part_of_processor(PART))))
            for _ in range(hosts)
        ]
        before = [cpu_seconds(each.worker) for each in all_hosts]
        busy, of_server = busy_seconds(), server.cpu_seconds()
        with ThreadPoolExecutor(hosts) as senders:
            told = list(senders.map(
                lambda host: ingest.send(setting, docs, host.port, "/data?ack=processed&wait=60s",
                                         lanes.LOAD), all_hosts))
        busy, of_server = busy_seconds() - busy, server.cpu_seconds() - of_server
        used = [cpu_seconds(host.worker) - was for host, was in zip(all_hosts, before)]
    for each in told:
        if each["statuses"] != {"200": each["requests"]}:
            raise Failed(f"cluster: {each['statuses']}; expected 200 for each request")
    seconds = max(each["begin"] + each["seconds_to_last_accept"] for each in told) - min(
        each["begin"] for each in told)
    return [{"docs/s": hosts * docs.count / seconds, "cores of each": sum(used) / hosts / seconds,
             "cores of the database": of_server / seconds, "cores in all": busy / seconds}]


def idle(build: Build, setting: Setting) -> list[Figures]:
    """What hosts cost their database while nobody sends anything."""
    with ExitStack() as open_ones:
        server = open_ones.enter_context(database(setting.work))
        for _ in range(IDLE_HOSTS):
            open_ones.enter_context(
                running(build, setting.work, ingest.HERE / "graph.json", "--journal", server.address))
        connections = server.ask("SELECT count(*) FROM pg_stat_activity WHERE usename = 'owner'") - 1
        commits, used = server.ask(COMMITS), server.cpu_seconds()
        time.sleep(IDLE_SECONDS)
        commits, used = server.ask(COMMITS) - commits, server.cpu_seconds() - used
    of_each = IDLE_HOSTS * IDLE_SECONDS
    return [{"connections": connections / IDLE_HOSTS, "transactions/s": commits / of_each,
             "database CPU ms/s": used / of_each * 1e3}]


def jobs(build: Build, setting: Setting) -> list[Job]:
    found = []
    for each in LOADS:
        found += [Job(f"files, {each.name}", partial(in_files, build, setting, each)),
                  Job(f"database, {each.name}", partial(in_database, build, setting, each))]
    return found + [Job(f"{n} hosts", partial(limited, build, setting, n)) for n in (1, 2)] + [
        Job("idle", partial(idle, build, setting))]


def rows() -> list[Row]:
    found = []
    for each in LOADS:
        ours, theirs = f"database, {each.name}", f"files, {each.name}"
        found += [
            Row(f"journal in files, {each.name}", "docs/s", theirs, "docs/s"),
            Row("", "CPU s/M", theirs, "CPU s/M"),
            Row(f"journal in a database, {each.name}", "docs/s", ours, "docs/s", (theirs, "docs/s"),
                against_name="files"),
            Row("", "CPU s/M", ours, "CPU s/M", (theirs, "CPU s/M"), against_name="files"),
            Row("", "database CPU s/M", ours, "database CPU s/M"),
        ]
    return found + [
        Row(f"CPU-bound graph, 1 host of {PART} CPU", "docs/s", "1 hosts", "docs/s"),
        Row("", "cores of each", "1 hosts", "cores of each"),
        Row(f"CPU-bound graph, 2 hosts of {PART} CPU", "docs/s", "2 hosts", "docs/s",
            ("1 hosts", "docs/s"), against_name="1 host", target=Target(1.7)),
        Row("", "cores of each", "2 hosts", "cores of each"),
        Row("", "cores of the database", "2 hosts", "cores of the database"),
        Row("", "cores in all", "2 hosts", "cores in all"),
        Row(f"each of {IDLE_HOSTS} idle hosts", "connections", "idle", "connections"),
        Row("", "transactions/s", "idle", "transactions/s"),
        Row("", "database CPU ms/s", "idle", "database CPU ms/s"),
    ]


CLUSTER = Part("cluster", jobs, rows)
