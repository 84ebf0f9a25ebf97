// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "components.hpp"
#include "run_entry.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace json_bodies
{

using json_package::read_entry;
using penstock::packet;

inline penstock::testing::result read(std::vector<packet> bodies,
                                      const penstock::json::object& parameters = {})
{
    return run_entry(read_entry, parameters, std::move(bodies));
}

inline packet lines(std::string_view data, penstock::json::object meta = {})
{
    meta["mimetype"] = "application/x-ndjson";
    return body(data, meta);
}

} // namespace json_bodies
