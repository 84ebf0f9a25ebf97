// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

namespace json = penstock::json;
using penstock::packet;
using penstock::testing::packets;

/// Runs a component over one packet, which it must send on, and returns what became of it.
inline packet run_one(const penstock::component_entry& entry, const json::object& parameters,
                      packet given)
{
    auto result = run_entry(entry, parameters, packets(std::move(given)));
    BOOST_TEST(result.failed.empty());
    BOOST_REQUIRE(result.out().size() == 1);
    return std::move(result.out().front());
}

/// The fields of a packet as JSON, in order of the alphabet.
inline std::string sorted_fields(const packet& packet)
{
    json::object sorted;
    for (const std::string& name : packet.names())
        sorted[name] = packet.get(name);
    return penstock::write_json(sorted);
}

/// What a component finds in a text, as JSON: the field `to`, null if there is none.
inline std::string found_in(const penstock::component_entry& entry, std::string_view to,
                            std::string_view text, const json::object& parameters = {})
{
    return penstock::write_json(run_one(entry, parameters, packet({{"text", text}})).get(to));
}
