// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/sqlite/sqlite_journal.hpp"

#include "host/journal/sqlite/journal_disk.hpp"
#include "host/journal/sqlite/journal_reader.hpp"

#include <memory>
#include <utility>

namespace penstock::host
{

namespace
{

// What is read needs the tables, which the disk makes.
journal_storage opened_storage(const sqlite_journal_options& options)
{
    auto disk = std::make_unique<journal_disk>(options);
    auto reader =
        std::make_unique<journal_reader>(disk->path(), options.vfs, numbering(disk->state().seed));
    return {std::move(disk), std::move(reader)};
}

} // namespace

sqlite_journal::sqlite_journal(const sqlite_journal_options& options)
    : written_journal(opened_storage(options), options, options.keep)
{
}

} // namespace penstock::host
