// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/access/credentials.hpp"

#include "host/net/characters.hpp"
#include "host/net/transfer_encoding.hpp"

#include <algorithm>

namespace penstock::host::api
{

namespace
{

// What stands behind a name and a colon, in base64.
std::string secret_of_pair(std::string_view text)
{
    const auto pair = http::decode_transfer(http::transfer_encoding::base64, text);
    const std::size_t colon = pair ? pair->find(':') : std::string::npos;
    return colon == std::string::npos ? std::string() : pair->substr(colon + 1);
}

std::string of_header(std::string_view value, bool is_bulk)
{
    const std::string_view word = value.substr(0, value.find(' '));
    const std::string_view given = http::trim(value.substr(word.size()));
    if (http::same_token(word, "Bearer"))
        return std::string(given);
    if (is_bulk && (http::same_token(word, "Basic") || http::same_token(word, "ApiKey")))
        return secret_of_pair(given);
    return {};
}

std::string_view of_protocols(std::string_view list) noexcept
{
    std::string_view found;
    http::each_of_list(list,
                       [&](std::string_view each)
                       {
                           if (each.starts_with(bearer_protocol) && found.empty())
                               found = each.substr(bearer_protocol.size());
                       });
    return found;
}

// Whether a request is one of those that the clients of OpenSearch send; see bulk_routes.
bool is_bulk(const http::request& sent)
{
    const std::vector<std::string>& path = sent.path;
    if ((sent.method != "POST" && sent.method != "PUT") || path.empty() || path.back() != "_bulk")
        return false;
    const bool names_graph = path.size() > 2 && path.front() == "graphs";
    const std::size_t begin = names_graph ? 2 : 0; // of [index,] _bulk
    const auto is_other_route = [](std::string_view first)
    { return first == "api" || first == "data" || first == "graphs" || first == "receipts"; };
    return path.size() == begin + 1 || (path.size() == begin + 2 && !is_other_route(path[begin]));
}

} // namespace

std::string bearer_of(const http::request& sent)
{
    const auto is_credential = [](const http::header_field& field)
    { return http::same_token(field.name, "Authorization"); };
    const auto given = std::ranges::count_if(sent.headers, is_credential);
    if (given > 1)
        return {};
    if (given == 1)
        return of_header(sent.headers.value("Authorization"), is_bulk(sent));
    if (!sent.headers.find("Upgrade"))
        return {};
    return std::string(of_protocols(sent.headers.value("Sec-WebSocket-Protocol")));
}

} // namespace penstock::host::api
