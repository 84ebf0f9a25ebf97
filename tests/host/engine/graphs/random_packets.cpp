// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/graphs/random_packets.hpp"

#include "tests/host/engine/graphs/random_graph.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace penstock::host::tests
{

std::uint64_t number_in(const packet& from, std::string_view field)
{
    return std::stoull(from.text(field, "0"));
}

packet with_value(packet&& of, std::uint64_t value)
{
    of.set("value", std::to_string(value));
    return std::move(of);
}

packet child_of(const packet& parent, std::uint64_t value)
{
    packet child = parent.derive();
    child.set("request", parent.text("request"));
    return with_value(std::move(child), value);
}

void sort_by_value(batch& packets)
{
    const auto key = [](const packet& each)
    { return std::pair(number_in(each, "value"), each.find_meta("error_reason") != nullptr); };
    std::ranges::sort(packets, {}, key);
}

packet joined(packet&& one, packet&& other)
{
    const std::uint64_t value = mixed(number_in(one, "value"), number_in(other, "value"));
    if (const auto* why = other.find_meta("error_reason"))
        one.set_meta("error_reason", json::value(*why));
    one.join(std::move(other));
    return with_value(std::move(one), value);
}

} // namespace penstock::host::tests
