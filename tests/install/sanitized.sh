#!/bin/sh
# Copyright 2026 The Penstock authors
# SPDX-License-Identifier: Apache-2.0

# Builds the package $3 with the compiler $2 and each sanitizer that a host must share with its packages,
# and has the Penstock in $1 refuse it: by its stamp, because loading it would end the host.
set -eu
prefix=$1 compiler=$2 source=$3
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
HOME=$place
export HOME
unset XDG_DATA_HOME

for sanitizer in address thread; do
    $compiler -std=c++20 -shared -fPIC -fsanitize=$sanitizer -I "$prefix/include" \
        -DPENSTOCK_PACKAGE_NAME='"demo"' -DPENSTOCK_PACKAGE_VERSION='"1.0.0"' \
        -DPENSTOCK_PACKAGE_LICENCE='"Apache-2.0"' -o demo.so "$source"
    if "$prefix/bin/penstock" package install demo.so >said 2>&1; then
        echo "sanitized: demo.so: was installed; expected it refused" >&2
        exit 1
    fi
    grep -q "sanitizer.*$sanitizer" said || {
        echo "sanitized: $(cat said): expected a word about the sanitizer $sanitizer" >&2
        exit 1
    }
done
