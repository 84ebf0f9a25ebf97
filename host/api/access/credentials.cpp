// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/access/credentials.hpp"

#include "host/net/characters.hpp"

#include <algorithm>

namespace penstock::host::api
{

namespace
{

std::string_view of_header(std::string_view value) noexcept
{
    constexpr std::string_view scheme = "Bearer";
    const std::string_view word = value.substr(0, value.find(' '));
    return http::same_token(word, scheme) ? http::trim(value.substr(word.size()))
                                          : std::string_view{};
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

} // namespace

std::string_view bearer_of(const http::request& sent) noexcept
{
    const auto is_credential = [](const http::header_field& field)
    { return http::same_token(field.name, "Authorization"); };
    const auto given = std::ranges::count_if(sent.headers, is_credential);
    if (given > 1)
        return {};
    if (given == 1)
        return of_header(sent.headers.value("Authorization"));
    if (sent.headers.find("Upgrade") == nullptr)
        return {};
    return of_protocols(sent.headers.value("Sec-WebSocket-Protocol"));
}

} // namespace penstock::host::api
