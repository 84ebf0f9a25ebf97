#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Checks the layer table of CONTRIBUTING.md in the tree $1: which header may be included where.
set -eu
cd "$1"
status=0

# forbidden PATTERN FOLDERS ALLOWED REASON: no file of FOLDERS outside of ALLOWED (both regexes)
# includes a header that matches PATTERN.
forbidden()
{
    found=$(grep -rnE "^ *# *include *[<\"]$1" --include='*.?pp' sdk host plugins templates \
        2>/dev/null | grep -E "^$2" | grep -vE "^$3" || true)
    if [ -n "$found" ]; then
        printf '%s\n' "$found" | sed "s|\$| : $4|"
        status=1
    fi
}

forbidden 'boost/dll' '' 'host/packages/' 'Boost.DLL; expected in host/packages only'
forbidden 'boost/fiber' '' 'host/lane/' 'Boost.Fiber; expected in host/lane only'
forbidden '(\.\./|host/)*journal/' 'host/(lane|graph|packages|supervise)/' 'nothing/' 'the journal; expected in host/engine and above only'
forbidden 'boost/beast' '' '(host|plugins)/http/' 'Boost.Beast; expected in host/http and plugins/http only'
forbidden '(openssl|boost/asio/ssl)' '' 'host/http/' 'OpenSSL; expected in host/http only'
forbidden 'sqlite3' '' '(host/journal|plugins)/' 'SQLite; expected in host/journal and packages only'
forbidden '(boost/([^jv]|json/src)|CLI|zlib|zstd|sys/|unistd)' 'sdk/include/' 'nothing/' \
    'expected Boost.JSON and the standard library only'
forbidden '(\.\./)*host/' '(sdk|plugins|templates)/' 'nothing/' 'packages and the SDK know nothing of the host'
above=
for floor in cli http engine lane graph packages supervise journal base; do
    if [ -n "$above" ]; then
        forbidden "(\.\./|host/)*($above)/" "host/$floor/" 'nothing/' 'a floor above; expected one below'
    fi
    above="$above${above:+|}$floor"
done
exit $status
