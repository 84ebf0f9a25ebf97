// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace feed_package
{

/// Texts in their order, each once.
class distinct_texts
{
public:
    /// Adds one that is not empty, unless it is there.
    void add(std::string text)
    {
        if (!text.empty() && known_.insert(text).second)
            all_.push_back(std::move(text));
    }

    /// Takes them out.
    [[nodiscard]] std::vector<std::string> take() { return std::move(all_); }

private:
    std::vector<std::string> all_;
    std::unordered_set<std::string> known_;
};

} // namespace feed_package
