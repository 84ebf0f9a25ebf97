// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/product_info.hpp"

#include "host/net/characters.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace penstock::host::api
{

namespace
{

// In the `User-Agent` of clients and shippers, in lower case.
constexpr std::array<std::string_view, 6> clients{"elastic", "opensearch", "logstash",
                                                  "beat/",   "fluent",     "vector/"};

std::string lower(std::string_view text)
{
    std::string made(text);
    std::ranges::transform(made, made.begin(), http::lower);
    return made;
}

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

} // namespace

bool asks_for_product(const http::request& asked)
{
    const std::string wanted = lower(asked.headers.value("Accept"));
    if (has(wanted, "text/html"))
        return false;
    if (asked.head_only || has(wanted, "json"))
        return true;
    const std::string agent = lower(asked.headers.value("User-Agent"));
    return std::ranges::any_of(clients, [&](std::string_view each) { return has(agent, each); });
}

http::response product_info()
{
    http::response made =
        http::response::json(200, R"({"version":{"number":"7.10.2","distribution":"opensearch"}})");
    made.headers.add("X-Elastic-Product", "Elasticsearch");
    made.headers.add("Vary", "Accept, User-Agent");
    return made;
}

} // namespace penstock::host::api
