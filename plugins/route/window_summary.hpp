// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "aggregation.hpp"
#include "closed_windows.hpp"
#include "open_windows.hpp"
#include "value_place.hpp"

#include <penstock/component.hpp>
#include <penstock/parameter.hpp>
#include <penstock/problems.hpp>

#include <string>
#include <vector>

namespace route_package
{

/// The parameters `key` and `aggregates` of a component, and what they make of the packets of a
/// window. [one lane]
class window_summary
{
public:
    /// Registers them with the owner, which outlives this.
    explicit window_summary(penstock::component& owner);

    /// Adds what is wrong with them.
    void check(penstock::problems& found) const;

    /// Reads them. In start().
    void start();

    /// The key of a packet as JSON. Throws std::invalid_argument if it is none that JSON can hold.
    [[nodiscard]] std::string key_of(const penstock::packet& packet) const;

    /// The values of a packet for each aggregate. Throws std::invalid_argument for one that is no
    /// number where one is needed.
    [[nodiscard]] std::vector<penstock::json::array>
    values_of(const penstock::packet& packet) const;

    /// What is made of a window whose members are in order of time.
    [[nodiscard]] window_result result_of(const window& of, const char* why_closed) const;

private:
    struct aggregate_field
    {
        std::string name;
        aggregation what;
        value_place of;
    };

    penstock::parameter<std::vector<std::string>> key_;
    penstock::parameter<penstock::json::object> aggregates_;
    std::vector<value_place> keys_;
    std::vector<aggregate_field> fields_;
};

} // namespace route_package
