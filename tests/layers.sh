#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Checks the layer table of CONTRIBUTING.md in the tree $1: which header may be included where.
set -eu
cd "$1"
status=0

# fault FOUND REASON: what grep found is one, if it found anything.
fault()
{
    if [ -n "$1" ]; then
        printf '%s\n' "$1" | sed "s|\$| : $2|"
        status=1
    fi
}

# forbidden PATTERN FOLDERS ALLOWED REASON: no file of FOLDERS outside of ALLOWED (both regexes)
# includes a header that matches PATTERN.
forbidden()
{
    fault "$(grep -rnE "^ *# *include *[<\"]$1" --include='*.?pp' sdk host plugins templates \
        2>/dev/null | grep -E "^$2" | grep -vE "^$3" || true)" "$4"
}

# room NAME KNOWN: of the host's headers, those of host/NAME include their own and those of the rooms
# KNOWN (a regex). The program's main file knows all of them.
room()
{
    fault "$(grep -rnE '^ *# *include *"(\.\./|host/)' --include='*.?pp' "host/$1" \
        2>/dev/null | grep -v '^host/app/main\.cpp:' | grep -vE "\"host/($1|$2)[/.]" || true)" "a room that host/$1 may not know; see CONTRIBUTING.md"
}

forbidden 'boost/dll' '' 'host/packages/' 'Boost.DLL; expected in host/packages only'
forbidden 'archive' '' '(host/packages|plugins)/' 'libarchive; expected in host/packages and packages only'
forbidden 'boost/(fiber|context)' '' 'host/lane/' 'Boost.Fiber; expected in host/lane only'
forbidden 'boost/beast' '' '(host/net|plugins/(http|otlp))/' 'Boost.Beast; expected in host/net, plugins/http and plugins/otlp only'
forbidden 'boost/asio' '' '(host/net/|plugins/(http|otlp)/|host/api/background_pool|host/app/signals)' \
    'Boost.Asio; expected in host/net, plugins/http, plugins/otlp, background_pool and signals only'
forbidden '(openssl|boost/asio/ssl)' '' '(host/(base|net|store)|plugins/(syslog|text))/' \
    'OpenSSL; expected in host/base, host/net, host/store, plugins/syslog and plugins/text only'
forbidden 'zlib' '' '(host/net|host/packages|plugins)/' 'zlib; expected in host/net, host/packages and packages only'
forbidden 'zstd' '' '(host/(journal|net)|plugins)/' 'zstd; expected in host/journal, host/net and packages only'
forbidden 'libdeflate' '' 'host/journal/' 'libdeflate; expected in host/journal only'
forbidden 'yaml-cpp/' '' 'host/base/' 'yaml-cpp; expected in host/base only'
forbidden 'CLI/' '' 'host/(cli/|app/main\.cpp)' 'CLI11; expected in host/cli and main only'
forbidden 'sqlite3' '' '(host/journal|plugins)/' 'SQLite; expected in host/journal and packages only'
forbidden 'unicode/' '' 'plugins/(letters|text)/' 'ICU; expected in plugins/letters and plugins/text only'
forbidden 'gumbo' '' 'plugins/html/' 'gumbo; expected in plugins/html only'
forbidden 'magic\.h' '' 'plugins/document/' 'libmagic; expected in plugins/document only'
forbidden 'libstemmer' '' 'plugins/search/' 'libstemmer; expected in plugins/search only'
forbidden 'uchardet/' '' 'plugins/reading/' 'uchardet; expected in plugins/reading only'
forbidden 'pugixml' '' 'plugins/(document|xml|feed|solr)/' 'pugixml; expected in plugins/document, xml, feed and solr only'
forbidden 'expat' '' 'plugins/xml/' 'expat; expected in plugins/xml only'
forbidden '(gmime|glib)' '' 'plugins/mail/' 'GMime; expected in plugins/mail only'
forbidden '\.\./' 'plugins/' 'plugins/([^:]*:[^"]*"\.\./(brokers|curl|letters|lua|matching|packets|process|reading|reloading|writing)/|fields/[^:]*:[^"]*"\.\./csv/|mail/[^:]*:[^"]*"\.\./html/|document/[^:]*:[^"]*"\.\./(archive|html)/|(feed|solr)/[^:]*:[^"]*"\.\./xml/)' \
    'another package; expected a room that packages share, csv by fields, html by mail, archive and html by document, xml by feed and solr'
forbidden 'libpq-fe' '' '(host/journal|plugins)/postgres/' 'libpq; expected in host/journal/postgres and plugins/postgres only'
forbidden 'amqp(_[a-z_]+)?\.h' '' 'plugins/amqp/' 'librabbitmq; expected in plugins/amqp only'
forbidden 'librdkafka/' '' 'plugins/kafka/' 'librdkafka; expected in plugins/kafka only'
forbidden 'hiredis/' '' 'plugins/redis/' 'hiredis; expected in plugins/redis only'
forbidden '(mosquitto|mqtt_protocol)\.h' '' 'plugins/mqtt/' 'libmosquitto; expected in plugins/mqtt only'
forbidden 'google/protobuf/' '' 'plugins/otlp/' 'protobuf; expected in plugins/otlp only'
forbidden 'nats/nats\.h' '' 'plugins/nats/' 'libnats; expected in plugins/nats only'
forbidden 'curl/curl' '' 'plugins/curl/' 'libcurl; expected in plugins/curl only'
forbidden 'lua\.h' '' 'plugins/(lua|script)/' 'Lua; expected in plugins/lua and plugins/script only'
forbidden '(\.\./)*(plugins/)?lua/' 'plugins/[^/]*/' 'plugins/(lua|fields|route|script)/' \
    'what fields, route and script have of Lua; expected there only'
forbidden '\.\./' 'plugins/lua/' 'nothing/' 'plugins/lua knows no other package'
forbidden 're2' '' 'plugins/' 'RE2; expected in packages only'
forbidden 'date/' '' 'plugins/dates/' 'the library date; expected in plugins/dates only'
forbidden 'cld2/' '' 'plugins/language/' 'cld2; expected in plugins/language only'
forbidden 'maxminddb' '' 'plugins/geo/' 'libmaxminddb; expected in plugins/geo only'
forbidden '(hs/|pcre2)' '' 'plugins/extract/' 'vectorscan and PCRE2; expected in plugins/extract only'
forbidden '(boost/([^jv]|json/src)|CLI|zlib|zstd|sys/|unistd)' 'sdk/include/' 'nothing/' \
    'expected Boost.JSON and the standard library only'
forbidden '(\.\./)*host/' '(sdk|plugins|templates)/' 'nothing/' 'packages and the SDK know nothing of the host'

room base nothing
room packages base
room journal base
room supervise base
room graph 'base|packages'
room lane 'base|packages|graph|supervise'
room engine 'base|packages|graph|supervise|lane|journal'
room store 'base|packages|graph'
room net base
room rollout 'base|packages|graph|store|net'
room api 'base|packages|graph|supervise|lane|journal|engine|store|net|rollout'
room app 'base|packages|graph|supervise|lane|journal|engine|store|net|rollout|api'
room cli 'base|packages|graph|supervise|lane|journal|engine|store|net|rollout|api|app'
exit $status
