// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

namespace penstock::host::cli::testing
{

/// A graph that reads JSON, marks each packet, and writes it to a file.
inline std::string marking_graph(const std::string& name, const std::string& mark,
                                 const std::string& file)
{
    return R"({"penstock": 1, "name": ")" + name + R"(", "nodes": {
        "read": {"component": "json/read"},
        "mark": {"component": "fields/set", "params": {"field": "mark", "value": ")" +
           mark + R"("}},
        "keep": {"component": "files/write", "params": {"path": ")" +
           file + R"("}}},
    "edges": [{"from": "read.out", "to": "mark.in"}, {"from": "mark.out", "to": "keep.in"}]}
)";
}

} // namespace penstock::host::cli::testing
