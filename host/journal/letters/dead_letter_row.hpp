// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/letters/dead_letter.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace penstock::host
{

/// A dead letter with what of it is JSON as text. Throws nothing for what JSON cannot hold, but
/// says so.
struct dead_letter_row
{
    dead_letter_row(std::uint64_t of, dead_letter content);

    [[nodiscard]] std::size_t bytes() const noexcept;

    std::uint64_t number;
    dead_letter what; ///< without its packet and receipts
    std::string packet;
    std::string receipts;
};

/// The dead letter that a row was made of, without its packet and receipts.
[[nodiscard]] dead_letter to_head(const dead_letter_row& row);

/// Reads what of a dead letter is JSON, as its row has it.
void read_json(dead_letter& into, std::string_view packet, std::string_view receipts);

/// The dead letter that a row was made of.
[[nodiscard]] dead_letter to_dead_letter(const dead_letter_row& row);

} // namespace penstock::host
