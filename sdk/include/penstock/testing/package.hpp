// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>
#include <penstock/testing/run.hpp>

#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

extern "C"
{
    /// The manifest of the package that the test is linked with. Constant. [any thread]
    extern PENSTOCK_EXPORT const penstock::manifest penstock_manifest;
}

namespace penstock::testing
{

/// Returns the maker of a component of the package that the test is linked with, by the name that
/// PENSTOCK_PACKAGE() lists it under. Throws std::invalid_argument for another one.
[[nodiscard]] inline maker maker_of(std::string_view component)
{
    for (const detail::listed_component& each :
         std::span(penstock_manifest.components, penstock_manifest.count))
        if (component == each.entry().name)
            return [make = each.entry().make]
            { return std::unique_ptr<penstock::component>(make()); };
    throw std::invalid_argument("there is no component \"" + std::string(component) +
                                "\" in the package; one of its names was expected");
}

/// Runs a component of that package over the packets for its input `in`. So the test sees what the
/// package lists, and neither includes nor compiles it again.
[[nodiscard]] inline result run(std::string_view component, const json::object& parameters,
                                std::vector<packet> packets, const conditions& how = {})
{
    inputs by_port;
    by_port.emplace("in", std::move(packets));
    return run(maker_of(component), parameters, std::move(by_port), how);
}

/// The same with packets that come at given times.
[[nodiscard]] inline result run(std::string_view component, const json::object& parameters,
                                std::vector<timed> packets, const conditions& how = {})
{
    timed_inputs by_port;
    by_port.emplace("in", std::move(packets));
    return run(maker_of(component), parameters, std::move(by_port), how);
}

/// The same with packets for several inputs.
[[nodiscard]] inline result run(std::string_view component, const json::object& parameters,
                                inputs packets, const conditions& how = {})
{
    return run(maker_of(component), parameters, std::move(packets), how);
}

/// The same without packets, of a source as a rule.
[[nodiscard]] inline result run(std::string_view component, const json::object& parameters = {})
{
    return run(maker_of(component), parameters, inputs{}, {});
}

} // namespace penstock::testing
