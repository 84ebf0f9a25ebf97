# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""All that `./dev bench` measures, in the order of the table."""
from __future__ import annotations

from blocked import BLOCKED
from cluster import CLUSTER
from components import COMPONENTS
from hop import HOP, JSON
from ingest_rows import INGEST
from instructions import INSTRUCTIONS
from lanes import LANES
from readers import READING
from scale import SCALE
from start import START
from threads import COUNTING

PARTS = [HOP, JSON, COMPONENTS, INSTRUCTIONS, COUNTING, START, INGEST, LANES, READING, BLOCKED,
         CLUSTER, SCALE]
ONCE = {INSTRUCTIONS.name, BLOCKED.name, SCALE.name}  # one round is enough, or takes minutes
ON_REQUEST = {SCALE.name}
