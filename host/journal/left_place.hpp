// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_queries.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// The place of a host that is gone, in a journal that hosts share: nobody else takes it while this
/// object lives and its session lasts. What is left there is taken over by appending it, see
/// journal_entry::taken_from; what another host has taken meanwhile is refused then.
/// [one thread]
class left_place
{
public:
    virtual ~left_place() = default;

    /// Counts how often the place was taken. What is taken over in one term cannot be once another
    /// has begun.
    [[nodiscard]] virtual std::int64_t term() const noexcept = 0;

    /// What is left of each graph. Throws journal_error. Blocks.
    [[nodiscard]] virtual std::vector<pending_of_graph> pending() = 0;

    /// Reads what is left of a graph, in order, from after a number. Throws journal_error. Blocks.
    virtual std::vector<journal_entry> next(std::string_view graph, entry_number after) = 0;
};

} // namespace penstock::host
