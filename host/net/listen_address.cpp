// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "listen_address.hpp"

#include "message.hpp"
#include "origin.hpp"

#include <boost/asio/ip/address.hpp>

#include <charconv>

namespace penstock::host::http
{

std::optional<listen_address> parse_listen_address(std::string_view text)
{
    const auto parsed = parse_authority(text);
    if (!parsed || parsed->port.empty())
    {
        return std::nullopt;
    }
    listen_address where;
    where.address = same_token(parsed->host, "localhost") ? "127.0.0.1" : std::string{parsed->host};
    const auto* const end = parsed->port.data() + parsed->port.size();
    const auto [stopped, error] = std::from_chars(parsed->port.data(), end, where.port);
    if (error != std::errc{} || stopped != end)
    {
        return std::nullopt;
    }
    boost::system::error_code unreadable;
    boost::asio::ip::make_address(where.address, unreadable);
    return unreadable ? std::nullopt : std::optional{where};
}

} // namespace penstock::host::http
