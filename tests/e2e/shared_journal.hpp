// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "live_host.hpp"

#include "tests/plugins/postgres/database_server.hpp"

#include <string>
#include <vector>

/// Hosts whose journal lies in a PostgreSQL database, with a graph that ends at a gate.
namespace penstock::e2e::shared
{

inline const std::string json_type = "application/json";

struct database : database_server
{
    database() { start(); }
};

inline std::vector<std::string> arguments(const scratch& home, const database& journal,
                                          const gate& until, const std::string& name = "gated")
{
    return {
        home.write("g.json", graph(name,
                                   {{"read", "json/read"},
                                    {"hold", "gate/hold", R"({"path": ")" + until.path() + "\"}"}},
                                   {{"read.out", "hold.in"}})),
        "--packages",
        gate_folder(),
        "--drain",
        "0s",
        "--journal",
        journal.address()};
}

inline response put(live_host& host, const std::string& id, const std::string& body)
{
    return host->ask("PUT", "/data/things/" + id, {{"Content-Type", json_type}}, body);
}

inline std::string receipt_of(const response& answer)
{
    return text_of(body_of(answer).at("receipt"));
}

inline std::string state_of(live_host& host, const std::string& receipt)
{
    return text_of(host->get("/receipts/" + receipt).at("state"));
}

} // namespace penstock::e2e::shared
