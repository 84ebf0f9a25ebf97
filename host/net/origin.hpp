// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::http
{

/// Splits `name:port` or `[::1]:port`; the port may be missing, brackets go.
struct authority
{
    std::string_view host;
    std::string_view port;
};

std::optional<authority> parse_authority(std::string_view text) noexcept;

/// Returns whether a host name or literal can only mean this machine.
bool is_loopback(std::string_view host) noexcept;

/// Returns whether a text may stand among the hosts of the rules: a name, `*.example.org` or `*`.
bool is_host_pattern(std::string_view text) noexcept;

/// Returns whether a text is an origin as browsers send it: `https://ops.example.org`, without a
/// path.
bool is_origin(std::string_view text) noexcept;

/// Who may ask for a route.
enum class audience
{
    own,      ///< who names this host, and no page of another site
    visitors, ///< also who follows a link of another site: the page's own files, which change nothing
    anybody ///< everybody, whatever host they name: the answer tells nothing to whom it could harm
};

/// Keeps web pages of other sites away from a host that trusts its network: a rebound DNS name
/// betrays itself in `Host`, a foreign page in `Origin` or `Sec-Fetch-Site`.
struct origin_rules
{
    /// Names, without port, under which clients may address this host; loopback names always may.
    /// `*.example.org` stands for all names below that one, `*` for any: then nothing betrays a
    /// rebound name.
    std::vector<std::string> hosts;

    /// Further origins whose pages may call, as browsers send them: `https://ops.example.org`.
    std::vector<std::string> origins;

    /// Returns the reason for a 403, or nothing. A page may call from the host and port that the
    /// request addresses, and from any name of this machine with that port. A request without
    /// `Origin` whose browser says where it comes from comes from there, or from nowhere: the
    /// address bar. `visitors` may follow a link too; `anybody` is not asked.
    std::optional<std::string> objection(const header_list& headers,
                                         audience who = audience::own) const;
};

} // namespace penstock::host::http
