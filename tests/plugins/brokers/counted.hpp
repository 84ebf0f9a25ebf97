// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>
#include <penstock/json_text.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

/// What came out of `{"n": 0}`, `{"n": 1}`, …: how often each, and by how many ids.
struct counted
{
    std::map<std::int64_t, std::map<std::string, int>> ids; ///< of each n

    void add(std::int64_t n, const std::string& id) { ++ids[n][id]; }

    /// How many are there of those that went in.
    [[nodiscard]] std::size_t size() const { return ids.size(); }

    /// How many have more than one id.
    [[nodiscard]] std::size_t with_other_ids() const
    {
        std::size_t count = 0;
        for (const auto& [n, of] : ids)
            count += of.size() > 1 ? 1 : 0;
        return count;
    }

    /// How many came again.
    [[nodiscard]] int again() const
    {
        int count = 0;
        for (const auto& [n, of] : ids)
            for (const auto& [id, times] : of)
                count += times - 1;
        return count;
    }
};
