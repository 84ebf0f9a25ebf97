#!/bin/bash
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# The ingest job against nginx answering 202 without doing anything, in turn: ingest/run.sh BUILD
# ROUNDS. A rate counts until the output holds every document. Prints a row a job.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
rounds=$2
work=$build/bench
mkdir -p "$work"
data=$work/docs60k.ndjson

fail() { echo "bench: $*" >&2; exit 1; }

if [ ! -s "$data" ]; then
    lists=$work/lists
    mkdir -p "$lists/partial" "$work/cache/archives/partial"
    options="-o Acquire::Languages=en -o Dir::State::Lists=$lists -o Dir::Cache=$work/cache
        -o APT::Sandbox::User=root"
    # shellcheck disable=SC2086
    apt-get -qq $options update
    # shellcheck disable=SC2086
    apt-cache $options dumpavail >"$work/avail.txt"
    for f in "$lists"/*Translation-en*; do /usr/lib/apt/apt-helper cat-file "$f"; done >"$work/trans.txt"
    "$here/make_dataset.py" "$work/avail.txt" "$work/trans.txt" "$data" >/dev/null
fi
expected=$(sed -n 's/.*"kept": \([0-9]*\).*/\1/p' "$data.meta.json")
loadgen=$build/bin/loadgen
tick=$(getconf CLK_TCK)

free_port() { od -An -N2 -tu2 /dev/urandom | awk '{ print 20000 + $1 % 12000 }'; }

# cpu_of PID: processor seconds so far.
cpu_of() { awk -v tick="$tick" '{ print ($14 + $15) / tick }' "/proc/$1/stat"; }

# field NAME FILE: a number of the load generator's line.
field() { sed -n "s/.*\"$1\":\([0-9.]*\).*/\1/p" "$2"; }

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# penstock_job CONNECTIONS BATCH TYPE: rate, CPU seconds per million, peak RSS in MB, p99 in ms
penstock_job()
{
    local dir port host worker cpu begin end lines=-1
    dir=$(mktemp -d)
    port=$(free_port)
    INGEST_OUT=$dir/out.ndjson "$build/bin/penstock" run --listen "127.0.0.1:$port" \
        --data "$dir/data" "$here/graph.json" >"$dir/log" 2>&1 &
    host=$!
    until answers "$port"; do kill -0 $host || fail "$dir/log: the host did not start"; sleep 0.05; done
    worker=$(cat "/proc/$host/task/$host/children")
    worker=${worker%% *}
    cpu=$(cpu_of "$worker")
    begin=$(date +%s.%N)
    "$loadgen" --file "$data" --port "$port" --path '/data/ingest?ack=memory' --conns "$1" \
        --batch "$2" --format ndjson --ctype "$3" --retry >"$dir/loadgen.json"
    until [ "$lines" -ge "$expected" ]; do
        lines=$(wc -l <"$dir/out.ndjson")
        [ "$lines" -ge "$expected" ] || sleep 0.02
    done
    end=$(date +%s.%N)
    [ "$lines" -eq "$expected" ] || fail "$lines documents came out; expected $expected"
    awk -v begin="$begin" -v end="$end" -v before="$cpu" -v after="$(cpu_of "$worker")" \
        -v rss="$(awk '/VmHWM/ { print $2 / 1024 }' "/proc/$worker/status")" \
        -v p99="$(field p99_ms "$dir/loadgen.json")" \
        'BEGIN { printf "%.0f %.2f %.0f %s\n", 60000 / (end - begin), (after - before) / 0.06, rss, p99 }'
    kill -TERM $host
    wait $host
    rm -rf "$dir"
}

# nginx_job: rate, CPU seconds per million, peak RSS, p99 of one document a request
nginx_job()
{
    local dir port nginx worker
    dir=$(mktemp -d)
    port=$(free_port)
    sed "s/PORT/$port/" "$here/nginx.conf" >"$dir/nginx.conf"
    nginx -p "$dir" -c nginx.conf 2>"$dir/log" &
    nginx=$!
    until answers "$port"; do kill -0 $nginx || fail "$dir/log: nginx did not start"; sleep 0.05; done
    worker=$(cat "/proc/$nginx/task/$nginx/children")
    "$loadgen" --file "$data" --port "$port" --path /data --conns 16 --batch 1 --format ndjson \
        --ctype application/json --retry >"$dir/loadgen.json"
    awk -v rate="$(field accept_docs_s "$dir/loadgen.json")" \
        -v after="$(cpu_of "${worker%% *}")" \
        -v rss="$(awk '/VmHWM/ { print $2 / 1024 }' "/proc/${worker%% *}/status")" \
        -v p99="$(field p99_ms "$dir/loadgen.json")" \
        'BEGIN { printf "%.0f %.2f %.0f %s\n", rate, after / 0.06, rss, p99 }'
    kill -TERM $nginx
    wait $nginx || true
    rm -rf "$dir"
}

have_nginx=$(command -v nginx || true)
rm -f "$work"/*.rows
for _ in $(seq "$rounds"); do
    penstock_job 16 1 application/json >>"$work/single.rows"
    if [ -n "$have_nginx" ]; then nginx_job >>"$work/nginx.rows"; fi
    penstock_job 4 500 application/x-ndjson >>"$work/batch.rows"
done

# row NAME FILE: medians, and least and greatest rate
row()
{
    awk -v name="$1" '
        { rate[NR] = $1; cpu[NR] = $2; rss[NR] = $3; p99[NR] = $4 }
        function middle(a, n,   i, j, t) {
            for (i = 2; i <= n; i++) { t = a[i]; for (j = i - 1; j > 0 && a[j] + 0 > t + 0; j--) a[j + 1] = a[j]; a[j + 1] = t }
            return a[int((n + 1) / 2)] }
        END { m = middle(rate, NR); printf "%-34s %9.0f %9.0f %9.0f %9.2f %7.0f %9.2f\n", name, m,
              rate[1], rate[NR], middle(cpu, NR), middle(rss, NR), middle(p99, NR) }' "$2"
}
printf '%-34s %9s %9s %9s %9s %7s %9s\n' "ingest, $rounds rounds in turn" docs/s least greatest \
    'CPU s/M' 'RSS MB' 'p99 ms'
row 'penstock, single, ack=memory' "$work/single.rows"
row 'penstock, batch of 500, ack=memory' "$work/batch.rows"
if [ -n "$have_nginx" ]; then
    row 'nginx return 202, single' "$work/nginx.rows"
    paste -d ' ' "$work/single.rows" "$work/nginx.rows" |
        awk '{ r[NR] = $1 / $5 } END { for (i = 2; i <= NR; i++) { t = r[i]; for (j = i - 1; j > 0 && r[j] > t; j--) r[j + 1] = r[j]; r[j + 1] = t }
            printf "penstock single / nginx, pairwise: median %.2f (%.2f to %.2f)\n", r[int((NR + 1) / 2)], r[1], r[NR] }'
fi
