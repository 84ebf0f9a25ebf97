// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/graph/check.hpp"

#include <penstock/package.hpp>

#include <boost/test/unit_test.hpp>

namespace penstock::host::checks
{

using list = std::vector<std::string>;

/// The catalogue of the fixtures: the package sample, and many that are refused.
inline catalogue& fixtures()
{
    static catalogue all({{PENSTOCK_FIXTURES, true}});
    return all;
}

inline list lines(const std::vector<problem>& problems)
{
    list found;
    for (const problem& each : problems)
        found.push_back(to_string(each));
    return found;
}

struct wire
{
    const char* from;
    const char* to;
};

/// A graph file of `name: component` pairs, or `name: {…}`, and edges.
inline std::string graph(std::initializer_list<std::pair<const char*, std::string>> nodes,
                         std::initializer_list<wire> wires, const std::string& more = {})
{
    std::string text = R"({"penstock": 1, "name": "g", )" + more + R"("nodes": {)";
    const char* separator = "";
    for (const auto& [name, what] : nodes)
    {
        text += separator + ('"' + std::string(name) + "\": ");
        text += what.starts_with('{') ? what : R"({"component": "sample/)" + what + "\"}";
        separator = ", ";
    }
    text += R"(}, "edges": [)";
    separator = "";
    for (const wire& each : wires)
    {
        text += separator + (R"({"from": ")" + std::string(each.from)) + R"(", "to": ")" + each.to +
                "\"}";
        separator = ", ";
    }
    return text + "]}";
}

inline list faults(const std::string& text, const resolver& resolve = {})
{
    return lines(read_graph(text, fixtures(), resolve).problems);
}

#define CHECK_FAULTS(found, ...) \
    BOOST_TEST((found) == (list{__VA_ARGS__}), boost::test_tools::per_element())

} // namespace penstock::host::checks
