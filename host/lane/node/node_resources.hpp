// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/node_outputs.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock::host
{

/// The resources that a component has for itself alone: declared in `start()`, and had before it
/// runs. [the lane's thread]
class node_resources
{
public:
    node_resources(const node_setting& of, node_fiber& fiber, node_outputs& outputs)
        : of_(of), fiber_(fiber), outputs_(outputs)
    {
    }

    /// Declares a resource before the lane goes, and waits for it afterwards. Throws
    /// std::runtime_error if another graph has one that is declared. Suspends.
    void acquire(std::string_view resource);

    /// Declares one that other versions of the graph alone may have.
    void declare(std::string resource) { declared_.push_back(std::move(resource)); }

    /// Waits for those that were declared. Suspends.
    void acquire_declared();

private:
    void wait_for(const std::string& resource);

    const node_setting& of_;
    node_fiber& fiber_;
    node_outputs& outputs_;
    std::vector<std::string> declared_;
};

} // namespace penstock::host
