// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "peer_address.hpp"

#include "host/base/host_number.hpp"
#include "host/base/quantity.hpp"

#include <algorithm>

namespace penstock::host::http
{

std::optional<peer_address> parse_peer_address(std::string_view text)
{
    const std::size_t sign = std::min(text.find('='), text.size());
    const auto number = parse_count(text.substr(0, sign));
    if (!number || *number == 0 || *number > greatest_host_number || sign == text.size())
        return std::nullopt;
    const auto at = parse_url(text.substr(sign + 1));
    if (!at)
        return std::nullopt;
    return peer_address{*number, *at};
}

} // namespace penstock::host::http
