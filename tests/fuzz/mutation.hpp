// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::fuzz
{

/// Makes nonsense out of seeds; the same with each run.
class mutation
{
public:
    explicit mutation(std::vector<std::string> seeds) : seeds_(std::move(seeds)) {}

    /// A seed after one to eight changes.
    std::string next();

private:
    std::size_t below(std::size_t count) { return count == 0 ? 0 : dice_() % count; }
    void change(std::string& text);

    const std::vector<std::string> seeds_;
    std::mt19937_64 dice_; // by default always the same
};

} // namespace penstock::fuzz
