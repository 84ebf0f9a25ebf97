// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/access/authenticator.hpp"
#include "tests/host/api/test_host.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace penstock::host::http::testing
{

/// The tokens of a data directory, and the host's authenticator of it.
struct guarded
{
    std::string give(const std::string& name, std::initializer_list<scope> scopes,
                     std::chrono::seconds valid = std::chrono::hours(1)) const
    {
        const std::string token = random_token();
        token_record made{.name = name, .hash = hash_of(token)};
        for (const scope each : scopes)
            made.scopes.add(each);
        made.expires = std::chrono::system_clock::now() + valid;
        const auto failed = file.edit(
            [&](std::vector<token_record>& tokens) -> std::optional<problem>
            {
                tokens.push_back(made);
                return std::nullopt;
            });
        BOOST_TEST(!failed.has_value());
        return token;
    }

    void revoke(const std::string& name) const
    {
        const auto failed = file.edit(
            [&](std::vector<token_record>& tokens) -> std::optional<problem>
            {
                std::erase_if(tokens, [&](const auto& each) { return each.name == name; });
                return std::nullopt;
            });
        BOOST_TEST(!failed.has_value());
    }

    temporary_folder folder;
    token_file file{folder.path()};
    std::vector<std::string> heard;
    host::api::authenticator authentication{folder.path(), [this](const std::string& text)
                                            { heard.push_back(text); }};
};

/// A request with a token.
inline request with(const std::string& token, const std::string& peer = "127.0.0.1")
{
    request sent = make_request("GET", "/", {}, {{"Authorization", "Bearer " + token}});
    sent.peer = peer;
    return sent;
}

/// The status of its refusal; 0: it is let in.
inline unsigned status(guarded& host, const request& sent, host::api::access asked = scope::read)
{
    const auto refused = host.authentication.objection(sent, asked);
    return refused ? refused->status : 0;
}

/// The same after a look at the file.
inline unsigned status_now(guarded& host, const request& sent,
                           host::api::access asked = scope::read)
{
    host.authentication.look();
    return status(host, sent, asked);
}

/// Asks until the answer is the wanted one, for 10 s at most.
inline bool in_time(guarded& host, const request& sent, unsigned wanted)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (status(host, sent) != wanted)
    {
        if (std::chrono::steady_clock::now() >= deadline)
            return false;
        std::this_thread::yield();
    }
    return true;
}

} // namespace penstock::host::http::testing
