// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/receipt.hpp"
#include "host/packages/catalogue.hpp"

#include <penstock/json.hpp>
#include <penstock/packet.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::tests
{

/// How to exercise one component: the least it needs, and what to feed it.
struct exercise
{
    std::string component; ///< its id
    json::object params;   ///< those it requires, and those that make it do something

    /// Makes the nth packet; each has something of its own. The first passes without failing.
    std::function<packet(std::size_t)> sample;

    /// Of a source: how many packets it makes with these parameters.
    std::size_t makes = 0;

    /// Of a publisher that leaves something outside: reads it from the working directory, in any
    /// order.
    std::function<std::vector<std::string>()> published;

    /// Of a publisher that writes to the standard output, which then is the file `stdout`.
    bool prints = false;

    /// Makes what the component finds outside, in the working directory.
    std::function<void()> prepare;

    /// Of a component that talks to a server: begins that. It may have begun.
    std::function<void()> begin_server{};

    /// Whether there are odd parameters with which it waits for what nobody has.
    bool may_wait = false;
};

/// One for each component of the tree; a component without one fails the test.
[[nodiscard]] const std::vector<exercise>& exercises();

[[nodiscard]] const exercise& exercise_of(std::string_view component);

/// Packets of odd values in the fields and meta that the component may look at.
[[nodiscard]] std::vector<packet> hostile_packets(const component_type& type, const exercise& how);

/// The packages of this build.
[[nodiscard]] catalogue& packages();

/// The documents of a search database, each as its id and fields.
[[nodiscard]] std::vector<std::string> documents_of(const std::string& database);

} // namespace penstock::host::tests
