// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/request_meta.hpp"

#include "host/base/timestamp.hpp"
#include "host/base/utf8.hpp"

#include <algorithm>
#include <chrono>

namespace penstock::host::api
{

namespace
{

// `?q=a` becomes meta `query_q`; of a name that is there twice, a list.
void add_query(const http::request& received, json::object& meta)
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
        meta[name] = std::move(value);
}

} // namespace

http::checked<json::object> read_meta(const http::request& received, std::string_view route,
                                      std::string_view id)
{
    constexpr std::string_view prefix = "X-Meta-";
    json::object meta;
    meta.reserve(6); // what all requests have, mimetype and contentlength included
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
        json::value& value = meta[name];
        if (value.is_string())
            value.as_string().append(", ").append(each.value);
        else
            value = each.value;
    }
    add_query(received, meta);
    meta.insert_or_assign("requestmethod", received.method);
    meta.insert_or_assign("processingtime", timestamp_text(std::chrono::system_clock::now()));
    if (!route.empty())
        meta.insert_or_assign("route", route);
    if (!id.empty())
        meta.insert_or_assign("id", id);
    return meta;
}

std::string ordering_key(const json::object& meta, const plan& graph)
{
    const auto text = [&](std::string_view name) -> std::string
    {
        const json::value* found = meta.if_contains(name);
        return found != nullptr && found->is_string() ? std::string(found->as_string())
                                                      : std::string();
    };
    if (!graph.partition_by.empty())
        return text(graph.partition_by);
    const std::string id = text("id");
    return id.empty() ? id : text("route") + '/' + id;
}

} // namespace penstock::host::api
