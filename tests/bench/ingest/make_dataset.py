#!/usr/bin/env python3
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0
"""Builds docs60k.ndjson: 60,000 real JSON documents (about 1 KB each) from this machine's Debian package metadata.

  D=build/bench-data; mkdir -p $D/lists/partial $D/cache/archives/partial
  O="-o Acquire::Languages=en -o Dir::State::Lists=$PWD/$D/lists -o Dir::Cache=$PWD/$D/cache -o APT::Sandbox::User=root"
  apt-get $O update
  apt-cache $O dumpavail > $D/avail.txt
  for f in $D/lists/*Translation-en*; do /usr/lib/apt/apt-helper cat-file $f; done > $D/trans.txt
  python3 make_dataset.py $D/avail.txt $D/trans.txt $D/docs60k.ndjson

Deterministic for given inputs: the first 60,000 stanzas in dump order. Fields: id (0..59999), package, version, section,
description, maintainer, homepage, installed_size. Writes <out>.meta.json with the counts a checker needs.
"""
import sys, json, hashlib, collections
src, tr, dst = sys.argv[1], sys.argv[2], sys.argv[3]
N, DROP = 60000, "libdevel"
def stanzas(fn):
    cur, key = {}, None
    with open(fn, encoding="utf-8", errors="replace") as f:
        for line in f:
            if line == "\n":
                if cur: yield cur
                cur, key = {}, None
            elif line[0] in " \t":
                if key: cur[key] += "\n" + line.strip()
            else:
                key, _, v = line.partition(":"); cur[key] = v.strip()
    if cur: yield cur
long_ = {s["Description-md5"]: s["Description-en"] for s in stanzas(tr) if "Description-en" in s}
n = tot = drop = 0; h = hashlib.sha256(); sec = collections.Counter(); sizes = []
with open(dst, "wb") as o:
    for s in stanzas(src):
        if "Package" not in s or "Version" not in s: continue
        desc = long_.get(s.get("Description-md5"), s.get("Description", ""))
        desc = "\n".join([desc] + [s[k] for k in ("Depends", "Tag", "Filename", "SHA256") if k in s])[:1600]
        d = {"id": n, "package": s["Package"], "version": s["Version"], "section": s.get("Section", "unknown"),
             "description": desc, "maintainer": s.get("Maintainer", ""), "homepage": s.get("Homepage", ""),
             "installed_size": int(s.get("Installed-Size", "0"))}
        b = json.dumps(d, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        o.write(b); h.update(b); tot += len(b); sizes.append(len(b)); sec[d["section"]] += 1
        drop += d["section"] == DROP; n += 1
        if n == N: break
sizes.sort()
meta = dict(docs=n, bytes=tot, mean=round(tot/n, 1), p50=sizes[n//2], p99=sizes[int(n*.99)], max=sizes[-1],
            drop_section=DROP, dropped=drop, kept=n-drop, sha256=h.hexdigest(), sections=sec.most_common(12))
json.dump(meta, open(dst + ".meta.json", "w"), indent=1); print(json.dumps(meta))
