// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/testing/run.hpp>

#include "list_runtime.hpp"

#include <penstock/detail/packet_access.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace penstock::testing
{

namespace
{

// Assigns the parameters; throws with one line for each that is wrong.
void configure_all(component& component, const json::object& parameters)
{
    std::string wrong;
    for (const parameter_problem& each : configure(component, parameters))
    {
        if (!wrong.empty())
            wrong += '\n';
        wrong += (each.name.empty() ? "" : each.name + ": ") + each.message + "; " + each.expected;
    }
    if (!wrong.empty())
        throw parameter_error(wrong);
}

maker configured(const maker& make, const json::object& parameters)
{
    return [make, parameters]
    {
        std::unique_ptr<component> made = make();
        configure_all(*made, parameters);
        return made;
    };
}

timed_inputs at_once(inputs&& packets)
{
    timed_inputs made;
    for (auto& [name, list] : packets)
        for (std::vector<timed>& to = made[name]; packet & each : list)
            to.push_back({std::chrono::nanoseconds(0), std::move(each)});
    return made;
}

timed_inputs copies(const timed_inputs& packets)
{
    timed_inputs made;
    for (const auto& [name, list] : packets)
        for (std::vector<timed>& to = made[name]; const timed& each : list)
            to.push_back({each.at, detail::packet_access::share(each.content)});
    return made;
}

// Deals the packets to so many lanes; each lane has each input.
std::vector<timed_inputs> dealt(timed_inputs&& packets, std::size_t lanes)
{
    std::vector<timed_inputs> made(lanes);
    for (auto& [name, list] : packets)
    {
        for (timed_inputs& each : made)
            each[name];
        for (std::size_t i = 0; i < list.size(); ++i)
            made[i % lanes][name].push_back(std::move(list[i]));
    }
    return made;
}

result run_lanes(const maker& make, timed_inputs packets, const conditions& how)
{
    result came;
    std::vector<std::unique_ptr<list_runtime>> lanes;
    for (timed_inputs& each : dealt(std::move(packets), how.lanes))
        lanes.push_back(std::make_unique<list_runtime>(make, nullptr, std::move(each), how, came));
    for (const auto& each : lanes)
        each->start();
    for (const auto& each : lanes)
        each->run();
    return came;
}

} // namespace

result run(const maker& make, const json::object& parameters, timed_inputs packets,
           const conditions& how)
{
    if (how.lanes == 0 || how.attempts == 0)
        throw std::invalid_argument(
            "conditions: have no lane or no attempt; 1 or more was expected");
    const maker ready = configured(make, parameters);
    for (std::size_t i = 0; i < how.replays; ++i)
        (void)run_lanes(ready, copies(packets), how);
    return run_lanes(ready, std::move(packets), how);
}

result run(const maker& make, const json::object& parameters, inputs packets, const conditions& how)
{
    return run(make, parameters, at_once(std::move(packets)), how);
}

result run(std::unique_ptr<component> component, const json::object& parameters, inputs packets)
{
    configure_all(*component, parameters);
    return run_configured(std::move(component), std::move(packets));
}

result run_configured(std::unique_ptr<component> component, inputs packets)
{
    return run_lanes([&component] { return std::move(component); }, at_once(std::move(packets)),
                     {});
}

result run(component& component, const json::object& parameters, inputs packets)
{
    configure_all(component, parameters);
    result came;
    const conditions usual;
    list_runtime runtime({}, &component, at_once(std::move(packets)), usual, came);
    runtime.start();
    runtime.run();
    return came;
}

} // namespace penstock::testing
