// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "components.hpp"
#include "run_entry.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace json = penstock::json;
using penstock::packet;
using penstock::testing::packets;

/// Runs a script over packets.
inline penstock::testing::result run_script(const std::string& script, std::vector<packet> given,
                                            json::object parameters = {},
                                            const penstock::testing::conditions& how = {})
{
    parameters["script"] = script;
    penstock::testing::inputs inputs;
    inputs.emplace("in", std::move(given));
    return penstock::testing::run(
        [] { return std::unique_ptr<penstock::component>(script_package::lua_entry.make()); },
        parameters, std::move(inputs), how);
}

/// Packets whose field `n` is 0, 1, 2…
inline std::vector<packet> numbers(int count)
{
    std::vector<packet> list;
    for (int n = 0; n < count; ++n)
        list.push_back(packet({{"n", n}}));
    return list;
}
