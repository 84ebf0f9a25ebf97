// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/node_fiber.hpp"
#include "host/lane/node/node_outputs.hpp"
#include "host/lane/node/node_source.hpp"

#include <penstock/component.hpp>
#include <penstock/detail/destruction.hpp>
#include <penstock/detail/runtime.hpp>

namespace penstock::host
{

/// The instance of a node's component: makes, starts and runs it, and destroys it with all that it
/// holds. Calls throw what the component does. [the lane's thread]
class node_instance
{
public:
    /// The component is run by `runtime`.
    node_instance(const node_setting& of, detail::runtime& runtime, node_inputs& inputs,
                  node_fiber& fiber, node_source& source, node_outputs& outputs);

    /// Makes one, with its ports wired. The one before was ended.
    void make();

    /// Calls run() of the instance, and returns with it. Suspends.
    void run();

    /// Destroys it, if there is one. What the component took of its spans was released.
    void end();

    [[nodiscard]] component* get() const noexcept { return instance_.get(); }

private:
    const node_setting& of_;
    detail::runtime& runtime_;
    node_inputs& inputs_;
    node_fiber& fiber_;
    node_source& source_;
    node_outputs& outputs_;
    detail::component_ptr instance_;
};

} // namespace penstock::host
