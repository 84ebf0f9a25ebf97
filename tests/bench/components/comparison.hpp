// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>
#include <penstock/testing/run.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace penstock::bench
{

/// A component and the bare calls of the library that it stands on, over one input.
struct comparison
{
    std::string component;
    json::object parameters = {};

    /// Makes the packets for the input `in`; not measured.
    std::function<std::vector<packet>()> packets;

    /// Counts what the component made of them: what `bare` counts of the same input.
    std::function<std::size_t(testing::result&)> made = [](testing::result& of)
    { return of.out().size(); };

    /// Does the same work with the library alone, and returns how many things it made.
    std::function<std::size_t()> bare;

    /// Brings the far side to where it was before a run; not measured.
    std::function<void()> reset = [] {};
};

/// The comparisons of components that read bodies. Throws std::runtime_error if this machine lacks
/// the files that are read.
[[nodiscard]] std::vector<comparison> readers();

/// The comparisons of publishers. They write below the working directory.
[[nodiscard]] std::vector<comparison> publishers();

} // namespace penstock::bench
