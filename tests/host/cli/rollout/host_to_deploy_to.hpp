// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/net/client.hpp"
#include "tests/host/cli/graphs.hpp"
#include "tests/host/cli/program.hpp"

#include <penstock/json.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

namespace penstock::host::cli::testing
{

[[nodiscard]] inline bool has(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

/// A host without graphs, and what it says of the graph `g`.
struct a_host
{
    scratch home;
    running host{home, {"--data", home.at("data")}};

    http::response ask(std::string_view method, std::string_view target, std::string_view body = {})
    {
        http::client to({.host = "127.0.0.1", .port = host.port()}, {});
        http::header_list headers;
        headers.add("Content-Type", "application/json");
        auto answer = to.send(method, target, headers, body);
        if (!answer)
            throw std::runtime_error(answer.error().message());
        return *std::move(answer);
    }

    std::string file() { return ask("GET", "/api/graphs/g").body; }

    /// The state, and the revision that was deployed last.
    std::string state()
    {
        const http::response answer = ask("GET", "/api/graphs/g/state");
        if (answer.status != 200)
            return std::to_string(answer.status);
        const json::value body = penstock::parse_json(answer.body);
        return std::string(body.at("state").as_string()) + ' ' +
               penstock::write_json(body.at("deployed_revision"));
    }
};

} // namespace penstock::host::cli::testing
