# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""What the ingest job is measured beside: a server that does nothing, and the bare disk."""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from functools import partial
from pathlib import Path

from ingest import HERE, Load, answers, send
from measuring import Figures, Job, say
from processes import Process, cpu_seconds, free_port, memory_mb
from setting import Setting

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")  # not in everyone's path
NGINX_LOADS = [Load(16), Load(64), Load(4, 500)]
# Documents a sync, and syncs: one; as many as there are connections; one request; all connections' requests.
GROUPS = {1: 300, 64: 150, 500: 60, 2000: 30}


def nginx(setting: Setting, program: str, load: Load) -> list[Figures]:
    with tempfile.TemporaryDirectory(dir=setting.work) as name:
        place, port = Path(name), free_port()
        settings = (HERE / "nginx.conf").read_text().replace("PORT", str(port))
        (place / "nginx.conf").write_text(settings)
        with Process([program, "-p", place, "-c", "nginx.conf"], place / "log") as server:
            server.wait_for_answer(port, "/")
            worker = server.first_child()
            before = cpu_seconds(worker)
            told = send(setting, setting.docs, port, "/data", load)
            figures = answers(told) | {
                "docs/s": setting.docs.count / told["seconds_to_last_accept"], "RSS MB": memory_mb(worker),
                "CPU s/M": (cpu_seconds(worker) - before) / setting.docs.count * 1e6}
            server.stop()
    return [figures]


def raw_append(setting: Setting, lines: int, groups: int) -> list[Figures]:
    with tempfile.TemporaryDirectory(dir=setting.work) as name:
        told = json.loads(subprocess.run(
            [setting.tools.program("raw_append"), setting.docs.file, str(lines), str(groups),
             Path(name) / "log"], stdout=subprocess.PIPE, check=True).stdout)
    return [{"docs/s": told["docs_s"], "MB/s": told["mb_s"], "p50 ms": told["p50_ms"], "p99 ms": told["p99_ms"]}]


def jobs(setting: Setting) -> list[Job]:
    disk = [Job(f"raw append of {lines}", partial(raw_append, setting, lines, n))
            for lines, n in GROUPS.items()]
    if not NGINX:
        say("nginx: missing; expected Debian's nginx-light: skipped")
        return disk
    return disk + [Job(f"nginx, {each.name}", partial(nginx, setting, NGINX, each))
                   for each in NGINX_LOADS]
