// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem_list.hpp"
#include "host/graph/reference.hpp"
#include "host/graph/spec.hpp"
#include "host/packages/catalogue.hpp"

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace penstock::host
{

/// The output that each node with an input has.
inline constexpr const char* implicit_output = "error";

/// What is known of a node once its component was found and given its parameters.
struct known_node
{
    std::shared_ptr<const component_type> type; ///< null if there is no such component
    std::vector<port_description> inputs;
    std::vector<std::string> outputs;
    std::set<std::string> output_names; ///< the same, to be looked up
    bool any_output = false;            ///< which ports it has cannot be told
    std::set<std::string> wired;        ///< inputs
    bool near_fault = false;            ///< an edge of it is wrong: it may be reached after all
};

/// Finds the component of a node and gives an instance of it its parameters; adds what is wrong
/// with them to `problems`. With `resolve`, references are resolved; without, they are taken to
/// fit.
[[nodiscard]] known_node check_node(const node_spec& node, catalogue& catalogue,
                                    const resolver& resolve, problem_list& problems);

} // namespace penstock::host
