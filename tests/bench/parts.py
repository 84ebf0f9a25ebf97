# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""All that `./dev bench` measures, in the order of the table."""
from __future__ import annotations

from blocked import BLOCKED
from hop import HOP, JSON
from ingest_rows import INGEST
from instructions import INSTRUCTIONS
from lanes import LANES
from start import START

PARTS = [HOP, JSON, INSTRUCTIONS, START, INGEST, LANES, BLOCKED]
ONCE = {INSTRUCTIONS.name, BLOCKED.name}  # the ones need no more rounds, the others have no time
