// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/graphs/random_graph_text.hpp"

#include <array>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace penstock::host::tests
{

namespace
{

std::string_view name_of(act what)
{
    constexpr std::array<std::string_view, 20> names{"adapt",
                                                     "pass",
                                                     "drop",
                                                     "fail",
                                                     "raise",
                                                     "expand",
                                                     "raise_after_send",
                                                     "block",
                                                     "copy",
                                                     "window",
                                                     "window_raise",
                                                     "join_back",
                                                     "zip",
                                                     "poll",
                                                     "group",
                                                     "join",
                                                     "deliver",
                                                     "deliver_or_fail",
                                                     "deliver_or_raise",
                                                     "publish"};
    return names[static_cast<std::size_t>(what)];
}

std::string_view name_of(receiving how)
{
    constexpr std::array<std::string_view, 4> names{"one", "until", "some", "requests"};
    return names[static_cast<std::size_t>(how)];
}

std::string_view name_of(happening what)
{
    constexpr std::array<std::string_view, 4> names{"redeploy", "redeploy short", "restart",
                                                    "restart short"};
    return names[static_cast<std::size_t>(what)];
}

} // namespace

std::string to_numbers(const random_node& node)
{
    std::ostringstream out;
    out << static_cast<int>(node.does) << ' ' << static_cast<int>(node.waits) << ' ' << node.salt
        << ' ' << node.every << ' ' << node.attempts << ' ' << node.away.every << ' '
        << node.away.asks;
    return out.str();
}

random_node from_numbers(const std::string& text)
{
    std::istringstream in(text);
    int does = 0;
    int waits = 0;
    random_node made;
    in >> does >> waits >> made.salt >> made.every >> made.attempts >> made.away.every >>
        made.away.asks;
    if (!in)
        throw std::invalid_argument(text + ": is no random node");
    made.does = static_cast<act>(does);
    made.waits = static_cast<receiving>(waits);
    return made;
}

std::string to_text(const random_graph& graph)
{
    std::ostringstream out;
    out << "lanes " << graph.lanes << ", keys " << graph.keys << ", pending at most "
        << graph.most_pending << '\n';
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    {
        const random_node& each = graph.nodes[i];
        out << "node n" << i << ' ' << name_of(each.does) << ", receives " << name_of(each.waits)
            << ", one in " << each.every << ", salt " << each.salt << ", attempts "
            << each.attempts;
        if (each.away.every != 0)
            out << ", away at " << each.away.asks << " asks after " << each.away.every;
        out << '\n';
    }
    for (const random_edge& each : graph.edges)
        out << "edge n" << each.from << (each.of_error ? ".error" : ".out") << " > n" << each.to
            << (each.port == 0 ? ".in" : ".in2") << ", capacity " << each.capacity << '\n';
    for (const random_request& each : graph.requests)
        out << "request of " << each.packets << " packets, key " << each.key
            << (each.durable ? ", durable" : "") << '\n';
    for (const random_event& each : graph.events)
        out << name_of(each.what) << " before request " << each.before << " when " << each.received
            << " packets were received\n";
    return out.str();
}

} // namespace penstock::host::tests
