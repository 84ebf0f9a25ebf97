// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session.hpp"

#include "../brokers/server_access.hpp"

#include <penstock/blocking.hpp>
#include <penstock/json.hpp>
#include <penstock/problems.hpp>

#include <algorithm>
#include <memory>

namespace redis_package
{

inline constexpr brokers::address_form form_of_address{"redis", {}, 6379, 0};

inline constexpr const char* about_addresses =
    "What stands behind a slash is the number of the database. There is no TLS: over a network, a "
    "tunnel or an own network is for that. Redis Cluster is not known.";

[[nodiscard]] inline penstock::json::array nearby_address()
{
    return {"redis://localhost"};
}

[[nodiscard]] inline penstock::json::array addresses_of_nodes()
{
    return {"redis://redis1.example.org/1", "redis://redis2.example.org:6380/1"};
}

/// Adds what is wrong with the parameters about the server.
inline void check_server(const brokers::server_access& server, penstock::problems& found)
{
    server.check(found);
    const auto is_number = [](const brokers::address& each)
    { return std::ranges::all_of(each.path, [](char c) { return c >= '0' && c <= '9'; }); };
    try
    {
        if (!std::ranges::all_of(server.addresses(), is_number))
            found.add("urls", "has what is no number of a database; redis://HOST[:PORT][/NUMBER] "
                              "was expected");
    }
    catch (const std::invalid_argument&)
    {
        return; // check() has said it
    }
}

/// Connects with the first server that answers and lets in. Suspends. Throws
/// penstock::unavailable.
[[nodiscard]] inline std::unique_ptr<session> session_with(brokers::server_access& server)
{
    return server.connect<redis_error>(
        [&](const brokers::address& to)
        {
            const session_settings how{to, server.user(), server.password(), server.time()};
            return penstock::blocking([&] { return std::make_unique<session>(how); });
        });
}

} // namespace redis_package
