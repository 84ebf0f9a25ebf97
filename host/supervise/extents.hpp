// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <map>
#include <optional>

namespace penstock::host::supervise
{

/// Lends out pieces of a row of places; takes the first that is long enough. [one thread]
class extents
{
public:
    /// The places from `first` up to `end`.
    extents(std::size_t first, std::size_t end) { free_.emplace(first, end - first); }

    /// Lends `length` places in a row; nothing if there are none.
    [[nodiscard]] std::optional<std::size_t> take(std::size_t length);

    void give_back(std::size_t first, std::size_t length);

private:
    std::map<std::size_t, std::size_t> free_; // where, and how long
};

} // namespace penstock::host::supervise
