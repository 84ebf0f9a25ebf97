// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

namespace fields_test
{

namespace json = penstock::json;

/// The fields, in order of the alphabet, of what a component makes of a packet with fields; the
/// reason if that fails.
inline std::string made(const penstock::component_entry& entry, const json::object& parameters,
                        json::object fields)
{
    auto result = run_entry(entry, parameters,
                            penstock::testing::packets(penstock::packet(std::move(fields))));
    if (!result.failed.empty())
        return result.failed[0].second;
    BOOST_REQUIRE(result.out().size() == 1);
    json::object sorted;
    for (const std::string& name : result.out()[0].names())
        sorted[name] = result.out()[0].get(name);
    return penstock::write_json(sorted);
}

/// An order to delete with a field.
inline penstock::packet order_to_delete(json::object fields)
{
    penstock::packet packet(std::move(fields));
    packet.set_meta("requestmethod", "DELETE");
    return packet;
}

} // namespace fields_test
