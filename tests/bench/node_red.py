# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""The ingest job as a flow of Node-RED, which comes from npm and stays below the build folder."""
from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import partial
from pathlib import Path

from ingest import HERE, Load, answers, send, until_written
from measuring import Figures, Job, Skipped, say
from processes import Process, cpu_seconds, free_port, memory_mb
from setting import Setting

VERSION = "4.1.8"  # the newest that runs on the node 18 of Debian 12
# An id in the flow must not be the name of a type: Node-RED would take the one for the other.
LOADS = {Load(16): 6_000, Load(4, 500): 12_000}  # documents: all of them would take a minute
SETTINGS = """module.exports = {
    uiHost: "127.0.0.1", uiPort: %d, disableEditor: true, httpAdminRoot: false, flowFile: "flows.json",
    apiMaxLength: "16mb", credentialSecret: false, logging: { console: { level: "info" } }
};
"""


def name_of(load: Load) -> str:
    return f"Node-RED, {load.name}"


def install(folder: Path) -> Path:
    """Fetches it once; returns the program."""
    program = folder / "node_modules" / "node-red" / "red.js"
    if program.exists():
        return program
    if not shutil.which("npm"):
        raise Skipped("Node-RED: npm is missing")
    say(f"fetching node-red {VERSION} into {folder}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true}\n')
    got = subprocess.run(
        ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", f"node-red@{VERSION}"],
        cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if got.returncode != 0 or not program.exists():
        raise Skipped(f"Node-RED: npm cannot fetch it: {got.stdout.decode().strip()[-200:]}")
    return program


def measure(setting: Setting, program: Path, load: Load) -> list[Figures]:
    docs = setting.docs.first(LOADS[load])
    with tempfile.TemporaryDirectory(dir=setting.work, ignore_cleanup_errors=True) as name:
        place, port = Path(name), free_port()
        (place / "settings.js").write_text(SETTINGS % port)
        shutil.copy(HERE / "node_red.json", place / "flows.json")
        out = place / "out.ndjson"
        with Process(["node", program, "--userDir", place, "--settings", place / "settings.js"],
                     place / "log", {"INGEST_OUT": str(out)}) as server:
            path = "/single" if load.batch == 1 else "/batch"
            server.wait_for_words("Started flows")
            before = cpu_seconds(server.pid)
            told = send(setting, docs, port, path, load, array=load.batch > 1)
            seconds = until_written(docs, out, told["begin"])
            docs.check(out)
            figures = answers(told) | {
                "docs/s": docs.count / seconds, "RSS MB": memory_mb(server.pid),
                "CPU s/M": (cpu_seconds(server.pid) - before) / docs.count * 1e6}
            server.stop(expected=None)
    return [figures]


def jobs(setting: Setting) -> list[Job]:
    try:
        program = install(setting.work.parent.parent / "node-red")
    except Skipped as why:
        say(f"{why}: skipped")
        return []
    return [Job(name_of(each), partial(measure, setting, program, each))
            for each in LOADS]
