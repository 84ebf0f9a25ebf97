// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/letters/dead_letter.hpp"

#include "host/journal/letters/letter_source.hpp"

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

dead_letter head_of(const dead_letter& whole, std::size_t bytes)
{
    dead_letter head;
    head.id = whole.id;
    head.entry = whole.entry;
    head.graph = whole.graph;
    head.node = whole.node;
    head.port = whole.port;
    head.component = whole.component;
    head.reason = whole.reason;
    head.packet = letter_source(whole.packet);
    head.attempts = whole.attempts;
    head.time = whole.time;
    head.left_out = bytes;
    return head;
}

bool dead_letter_filter::matches(const dead_letter& one) const noexcept
{
    return (graph.empty() || one.graph == graph) && (node.empty() || one.node == node) &&
           one.reason.find(reason) != std::string::npos;
}

} // namespace penstock::host
