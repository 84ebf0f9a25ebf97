// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/dead_letter.hpp"

#include <charconv>
#include <limits>

namespace penstock::host
{

std::uint64_t dead_letter_number(std::string_view id) noexcept
{
    std::uint64_t number = 0;
    const char* end = id.data() + id.size();
    const auto read = std::from_chars(id.data(), end, number);
    const bool fits = number <= std::uint64_t{std::numeric_limits<std::int64_t>::max()};
    return read.ec == std::errc{} && read.ptr == end && fits ? number : 0;
}

bool dead_letter_filter::matches(const dead_letter& one) const noexcept
{
    return (graph.empty() || one.graph == graph) && (node.empty() || one.node == node) &&
           one.reason.find(reason) != std::string::npos;
}

} // namespace penstock::host
