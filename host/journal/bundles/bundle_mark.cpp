// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/bundles/bundle_mark.hpp"

namespace penstock::host
{

void insert_bundle_mark(statement& to, const bundle_mark& what)
{
    row_writer row(to);
    row.add(what.first).add(what.entries).add(what.size).add(what.size_left).add(what.since);
    row.add(what.left.bits()).finish();
    to.run();
}

bundle_mark read_bundle_mark(const statement& from)
{
    row_reader row(from);
    bundle_mark read;
    read.first = row.natural();
    read.entries = row.natural();
    read.size = row.natural();
    read.size_left = row.natural();
    read.since = row.number();
    read.left = number_set(read.first, row.text());
    read.is_whole = row.is_whole();
    return read;
}

} // namespace penstock::host
