#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# What `./dev run` shows once the build in the folder $1 is done: the two example graphs, this
# machine's package catalogue over REST, a question, and an answer; and a page that searches this
# machine's documentation. With --once it uses a free port and a temporary folder, leaves the
# documentation out, counts what became of every record, and stops.
set -eu
cd "$(dirname "$0")/.."
penstock=$1/bin/penstock
question='weather forecast'

case ${2:-} in
    '') once='' port=8080 data=$1/data documents=examples/documents ;;
    --once) once=yes port='' data=$(mktemp -d) documents='' ;;
    *) echo "run: $2: unknown option; expected --once or nothing" >&2; exit 2 ;;
esac
mkdir -p "$data"
log=$data/host.log
host=

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "run: $*" >&2; exit 1; }

stop()
{
    status=$?
    trap - EXIT INT TERM
    if [ -n "$host" ] && kill -TERM "$host" 2>/dev/null; then
        wait "$host" || { [ $status -ne 0 ] || status=1; say "run: the host kept something; see $log"; }
    fi
    if [ $status -ne 0 ]; then tail -n 20 "$log" >&2 || true; fi
    if [ -n "$once" ] && [ $status -eq 0 ]; then rm -rf "$data"; fi
    exit $status
}
trap stop EXIT
trap 'exit 0' INT TERM

# ask PATH: the answer to a GET, head and body. A fresh system has no HTTP client but bash.
ask()
{
    bash -c '
        exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
        printf "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n" "$2" "$1" >&3
        cat <&3' ask "$port" "$1" 2>/dev/null | tr -d '\r'
}
body() { sed '1,/^$/d'; }

# start: 0 when the host is ready, 1 when it ended or the port is somebody else's.
start()
{
    if bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1"' taken "$port" 2>/dev/null; then
        say "run: port $port: is in use; expected a free one" >&2
        return 1
    fi
    "$penstock" run --listen "127.0.0.1:$port" --data "$data" \
        examples/catalogue.json examples/search.json ${documents:+"$documents"} >"$log" 2>&1 &
    host=$!
    tries=0
    until ask /readyz | head -n 1 | grep -q ' 200 '; do
        kill -0 "$host" 2>/dev/null || { host=; return 1; }
        tries=$((tries + 1))
        [ $tries -lt 300 ] || fail "/readyz: not ready after 60 s; expected 200"
        sleep 0.2
    done
}

if [ -n "$once" ]; then
    for _ in 1 2 3 4 5; do
        port=$(od -An -N2 -tu2 /dev/urandom | awk '{ print 20000 + $1 % 12000 }')
        if start; then break; fi
    done
else
    start || true
fi
[ -n "$host" ] || fail "port $port: the host did not start"
say "Penstock is at http://127.0.0.1:$port/"

# The records come in requests of 500 lines; each request is answered when all of it is done. Dead letters,
# for which push ends in failure, are counted below.
apt-cache dumpavail | awk -f examples/catalogue.awk >"$data/catalogue.ndjson"
sent=$(wc -l <"$data/catalogue.ndjson")
[ "$sent" -gt 0 ] || fail "apt-cache dumpavail: no records; expected this machine's packages"
say "Sending $sent records of this machine's package catalogue"
"$penstock" push "$data/catalogue.ndjson" --to "http://127.0.0.1:$port/data/catalogue" \
    --type application/x-ndjson --batch 500 --ack processed --json >"$data/push.json" || true

# count NAME: that number in push's account.
count() { sed -n "s/.*\"$1\" *: *\([0-9][0-9]*\).*/\1/p" "$data/push.json" | head -n 1; }
delivered=$(count delivered) dropped=$(count dropped) dead=$(count dead)
say "$sent sent = ${delivered:=0} indexed + ${dropped:=0} dropped by the graph + ${dead:=0} dead letters"
if [ $((delivered + dropped + dead)) -ne "$sent" ]; then
    fail "$data/push.json: $((delivered + dropped + dead)) records accounted for; expected $sent"
fi

say "Which packages are about '$question'?"
path="/graphs/search/data/q/$(printf '%s' "$question" | sed 's/ /%20/g')?ack=processed"
ask "$path" | body >"$data/answer.json"
awk -f examples/answer.awk "$data/answer.json" || fail "$data/answer.json: no packages; expected some"
say "The same with a browser: http://127.0.0.1:$port$path"

if [ -z "$once" ]; then
    say "This machine's documentation: http://127.0.0.1:$port/graphs/documents-search/data/page"
    say "Ctrl-C stops the host."
    wait "$host"
fi
