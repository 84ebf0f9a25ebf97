// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/request_meta.hpp"

#include "host/base/timestamp.hpp"
#include "host/base/utf8.hpp"

#include <penstock/detail/packet_access.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace penstock::host::api
{

namespace
{

// `?q=a` becomes meta `query_q`; of a name that is there twice, a list.
void add_query(const http::request& received, packet& to)
{
    json::object query;
    for (const http::query_parameter& each : received.query)
    {
        if (each.name.empty() || each.name == "ack" || each.name == "wait")
            continue;
        const auto [at, is_new] = query.emplace("query_" + each.name, each.value);
        if (is_new)
            continue;
        if (!at->value().is_array())
            at->value() = json::array{at->value()};
        at->value().as_array().emplace_back(each.value);
    }
    for (auto& [name, value] : query)
        to.set_meta(name, std::move(value));
}

} // namespace

http::checked<packet> read_meta(const http::request& received, std::string_view route,
                                std::string_view id)
{
    constexpr std::string_view prefix = "X-Meta-";
    packet made;
    detail::packet_access::begin_text_meta(made); // the journal keeps text
    for (const http::header_field& each : received.headers)
    {
        if (each.name.size() <= prefix.size() ||
            !http::same_token(each.name.substr(0, prefix.size()), prefix))
            continue;
        if (!is_utf8(each.value))
            return http::refusal(400, std::string(each.name) + ": not UTF-8");
        std::string name(each.name.substr(prefix.size()));
        std::ranges::transform(name, name.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
        if (const auto before = made.meta_text(name))
            made.set_meta(name, std::string(*before).append(", ").append(each.value));
        else
            made.set_meta(name, each.value);
    }
    add_query(received, made);
    made.set_meta("requestmethod", received.method);
    made.set_meta("processingtime", timestamp_text(std::chrono::system_clock::now()));
    if (!route.empty())
        made.set_meta("route", route);
    if (!id.empty())
        made.set_meta("id", id);
    return made;
}

std::size_t size_of_meta(const packet& of)
{
    std::string written;
    detail::packet_access::write_meta(of, written);
    return written.size();
}

std::string ordering_key(const packet& of, const plan& graph)
{
    const auto text = [&](std::string_view name)
    { return std::string(of.meta_text(name).value_or(std::string_view())); };
    if (!graph.partition_by.empty())
        return text(graph.partition_by);
    const std::string id = text("id");
    return id.empty() ? id : text("route") + '/' + id;
}

} // namespace penstock::host::api
