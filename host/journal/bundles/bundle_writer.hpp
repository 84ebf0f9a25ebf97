// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/bundles/bundle.hpp"
#include "host/journal/bundles/bundle_reader.hpp"
#include "host/journal/sqlite/sqlite_file.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace penstock::host
{

/// Writes the entries of a transaction, those of one graph in one row, marks those that are done,
/// and forgets a row when all of its entries are. [the writer's thread]
///
/// Everything throws sqlite_error.
class bundle_writer
{
public:
    bundle_writer(sqlite_file& file, bool compresses);

    /// Takes in an entry for the next write(). Numbers go up.
    void add(const journal_entry& what);

    /// Writes what was added.
    void write();

    /// Writes what was added if it may have an entry up to `number`.
    void write_up_to(entry_number number);

    /// Forgets what was added. Never fails.
    void roll_back() noexcept;

    /// An entry that was written and is not done.
    std::optional<journal_entry> find(entry_number number);

    /// Marks entries as done; `numbers` go up. What is none of an entry is passed over.
    void finish(std::span<entry_number> numbers, std::int64_t now);

    /// Writes anew, without those that are done, rows of which the better part is done, and the
    /// first of that before a time: up to so many, from where the last call ended. Returns whether
    /// there may be more.
    bool repack(std::int64_t before, std::size_t most);

    /// How many rows are known that cannot be read or deleted. Where there are more after a
    /// transaction has failed, the same may succeed now.
    [[nodiscard]] std::size_t count_broken() const noexcept { return reader_.count_broken(); }

private:
    void mark(const pending_bundle& what, std::int64_t now);
    void remove(const pending_bundle& what);

    bundle_reader reader_;
    std::unique_ptr<compressor> compressor_; ///< null: rows are not compressed
    statement insert_;
    statement delete_;
    statement insert_mark_;
    statement delete_mark_;
    statement half_done_;
    std::map<std::string, bundle, std::less<>> waiting_; ///< by graph
    entry_number last_repacked_ = 0; ///< a damaged row does not keep those behind it waiting
    entry_number first_waiting_ = 0; ///< of what was added and not written
    std::optional<pending_bundle> last_found_; ///< by find(), until something is written
};

} // namespace penstock::host
