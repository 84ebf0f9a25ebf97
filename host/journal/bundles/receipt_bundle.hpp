// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/sqlite/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace penstock::host
{

/// A receipt that is to be written, and the number of its entry.
struct numbered_receipt
{
    entry_number number = 0;
    std::shared_ptr<const kept_receipt> receipt;
};

/// A number for each section of numbers: receipts of one section and graph that are written
/// together make a row of the table `receipt_bundles`. Rows of a section have the numbers from
/// first_row_of() to last_row_of(), the newer the higher.
[[nodiscard]] std::uint64_t section_of(entry_number number) noexcept;
[[nodiscard]] std::int64_t first_row_of(std::uint64_t section) noexcept;
[[nodiscard]] std::int64_t last_row_of(std::uint64_t section) noexcept;

inline constexpr const char* receipt_bundle_columns = "number, graph, entries, ended, content, sum";

/// Binds a row of receipts of one section and graph, and runs the statement.
void insert_receipt_bundle(statement& to, std::int64_t row, std::span<const numbered_receipt> what,
                           std::int64_t ended);

/// A row of receipts as it is read; valid until the statement's next step.
struct receipt_bundle
{
    std::string_view graph;
    std::uint64_t receipts = 0;
    std::string_view content;
    bool is_whole = false;

    /// The newest receipt of an entry that there is in the row.
    [[nodiscard]] std::optional<kept_receipt> find(entry_number number, const numbering& ids) const;
};

[[nodiscard]] receipt_bundle read_receipt_bundle(const statement& from);

} // namespace penstock::host
