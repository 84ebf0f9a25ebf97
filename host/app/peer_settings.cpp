// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/peer_settings.hpp"

#include "host/app/log.hpp"
#include "host/net/client.hpp"
#include "host/net/origin.hpp"
#include "host/net/peer_address.hpp"
#include "host/store/token_reading.hpp"

#include <boost/system/system_error.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace penstock::host
{

namespace
{

// A token, and what receipts tell, go to peers: nobody else may read them on their way.
void check_addresses(const settings& wanted, std::vector<problem>& problems)
{
    std::set<std::uint64_t> numbers;
    for (const std::string& each : wanted.peers)
    {
        const http::peer_address peer = *http::parse_peer_address(each);
        if (!numbers.insert(peer.number).second)
            problems.emplace_back("peers", "",
                                  "name host " + std::to_string(peer.number) + " twice",
                                  "each number once was expected");
        if (peer.number != wanted.host_number && !peer.at.secure &&
            !http::is_loopback(peer.at.host))
            problems.emplace_back("peers", "", quote(each) + " would be asked in the clear",
                                  "an https address was expected");
    }
}

} // namespace

std::vector<problem> refuse_peers(const settings& wanted)
{
    std::vector<problem> problems;
    if (wanted.host_number == 0 && !wanted.peers.empty())
        problems.emplace_back("host_number", "", "is 0, and there are peers",
                              "the number of this host among them, from 1 on, was expected");
    check_addresses(wanted, problems);
    if (!wanted.peer_token.empty())
        if (const auto token = read_token(wanted.peer_token); !token)
            problems.push_back(token.error());
    if (!wanted.peer_ca.empty())
        try
        {
            const http::client reads({.host = "localhost", .secure = true},
                                     {.who = {.ca = wanted.peer_ca}});
        }
        catch (const boost::system::system_error& error)
        {
            problems.emplace_back(wanted.peer_ca, "", "cannot be used: " + error.code().message(),
                                  "a PEM file with certificates was expected");
        }
    return problems;
}

api::peer_options peers_of(const settings& all)
{
    api::peer_options made{.host_number = all.host_number};
    made.limits = {.wait = all.peer_wait,
                   .who = {.ca = all.peer_ca},
                   .warn = [](std::string_view text) { log(severity::warning, "peers", text); }};
    for (const std::string& each : all.peers)
        made.others.push_back(*http::parse_peer_address(each));
    if (all.peer_token.empty() || made.others.empty())
        return made;
    if (auto token = read_token(all.peer_token))
        made.limits.who.token = *std::move(token);
    else
        log(severity::error, "peers",
            to_string(token.error()) + "; they are asked without a token");
    return made;
}

} // namespace penstock::host
