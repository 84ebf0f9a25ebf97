// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "run_entry.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/unavailable.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the tests of clients of message brokers share: runs of a component with a real server.
namespace server_runs
{

namespace json = penstock::json;

/// The parameters of a component that talks to a server, and more.
inline json::object with(const std::string& url, json::object more)
{
    more.emplace("connect_timeout", "10s"); // machines with other work are slow
    more.emplace("urls", json::array{json::string(url)});
    return more;
}

/// Publishes packets, which have the ids 1, 2, …
inline penstock::testing::result publish(const penstock::component_entry& by,
                                         std::vector<penstock::packet> given, json::object params)
{
    for (std::size_t i = 0; i < given.size(); ++i)
        penstock::detail::packet_access::set_id(given[i], {0, i + 1});
    return run_entry(by, std::move(params), std::move(given));
}

/// Why a run waits; `none` if it does not.
template <class Run>
std::string why_away(Run run)
{
    try
    {
        (void)run();
    }
    catch (const penstock::unavailable& error)
    {
        return error.what();
    }
    return "none";
}

inline bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

} // namespace server_runs
