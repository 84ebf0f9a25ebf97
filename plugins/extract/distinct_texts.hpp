// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace extract_package
{

/// Texts that differ, in the order in which they were added first, up to a number.
class distinct_texts
{
public:
    explicit distinct_texts(std::size_t most) : most_(most) {}

    /// Adds a text, unless it is there.
    void add(std::string text)
    {
        if (!is_full() && seen_.insert(text).second)
            list_.push_back(std::move(text));
    }

    /// Whether no further one fits.
    [[nodiscard]] bool is_full() const noexcept { return list_.size() >= most_; }

    [[nodiscard]] const std::vector<std::string>& list() const noexcept { return list_; }

private:
    std::size_t most_;
    std::unordered_set<std::string> seen_;
    std::vector<std::string> list_;
};

} // namespace extract_package
