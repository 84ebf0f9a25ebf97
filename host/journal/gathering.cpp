// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/gathering.hpp"

#include <algorithm>

namespace penstock::host
{

namespace
{

// Of fewer clients each would wait about as long for the others as it gains.
constexpr std::size_t least_entries = 5;

} // namespace

void gathering::committed(std::size_t entries, std::size_t meanwhile, duration took) noexcept
{
    usual_ = usual_ == duration(0) ? took : (3 * usual_ + took) / 4;
    const std::size_t clients = entries + meanwhile;
    expected_ = clients < least_entries || longest() <= duration(0) ? 0 : clients;
}

gathering::duration gathering::longest() const noexcept
{
    return std::min(longest_, usual_ * 3 / 4);
}

gathering::duration gathering::pause() const noexcept
{
    return std::min(longest_, usual_ / 2);
}

} // namespace penstock::host
