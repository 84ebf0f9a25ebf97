// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/description.hpp>

#include <penstock/component.hpp>
#include <penstock/detail/problem_text.hpp>
#include <penstock/nearest.hpp>
#include <penstock/problems.hpp>

#include <algorithm>
#include <array>
#include <exception>

namespace penstock
{

namespace
{

std::vector<std::string> names_of(const std::vector<parameter_base*>& parameters)
{
    std::vector<std::string> names;
    for (const parameter_base* each : parameters)
        names.push_back(each->name());
    return names;
}

void assign_declared(const detail::component_members& members, const json::object& values,
                     std::vector<parameter_problem>& problems)
{
    for (parameter_base* each : members.parameters)
    {
        const json::value* value = values.if_contains(each->name());
        if (value == nullptr)
        {
            if (each->is_required())
                problems.push_back({each->name(), "parameter \"" + each->name() + "\" is missing",
                                    "a value was expected"});
            continue;
        }
        try
        {
            each->assign(*value);
        }
        catch (const parameter_error& error)
        {
            problems.push_back(detail::problem_of(each->name(), error.what()));
        }
    }
}

void refuse_unknown(const detail::component_members& members, const json::object& values,
                    std::vector<parameter_problem>& problems)
{
    const std::vector<std::string> known = names_of(members.parameters);
    for (const auto& [key, value] : values)
    {
        const std::string name(key);
        if (std::find(known.begin(), known.end(), name) == known.end())
            problems.push_back(
                {name, "unknown parameter \"" + name + '"', expected_name(name, known)});
    }
}

std::vector<parameter_problem> broken_rules(const component& component)
{
    problems found;
    try
    {
        component.check(found);
    }
    catch (const std::exception& error)
    {
        found.add(error.what());
    }
    catch (...)
    {
        found.add("check() threw something that is no std::exception");
    }
    return found.take();
}

} // namespace

std::string_view name_of(category category) noexcept
{
    constexpr std::array<std::string_view, 6> names{"adapter",  "transformer", "filter",
                                                    "operator", "extractor",   "publisher"};
    return names[static_cast<std::size_t>(category)];
}

std::string_view name_of(status status) noexcept
{
    constexpr std::array<std::string_view, 3> names{"stable", "beta", "deprecated"};
    return names[static_cast<std::size_t>(status)];
}

std::string_view name_of(metric_kind kind) noexcept
{
    constexpr std::array<std::string_view, 3> names{"counter", "gauge", "histogram"};
    return names[static_cast<std::size_t>(kind)];
}

component_description describe(const component& component)
{
    const detail::component_members& members = detail::component_access::members(component);
    component_description description;
    for (const input* each : members.inputs)
        description.inputs.push_back(
            {each->name(), each->help(), each->is() == presence::optional});
    for (const output* each : members.outputs)
        description.outputs.push_back({each->name(), each->help(), true});
    for (const parameter_base* each : members.parameters)
        description.parameters.push_back({each->name(), each->schema(), each->is_required()});
    for (const metric* each : members.metrics)
        description.metrics.push_back({each->name(), each->help(), each->kind(), each->bounds()});
    for (const output_family* each : members.families)
        description.output_families.push_back(each->name());
    description.accepts = members.accepts;
    for (const parameter<std::vector<std::string>>* each : members.further_types)
        description.accepts.insert(description.accepts.end(), (*each)->begin(), (*each)->end());
    description.takes_triggers = members.takes_triggers;
    description.singleton = members.singleton;
    description.acknowledges = members.acknowledges;
    description.keeps_state = members.state != nullptr;
    description.keeps_state_by_key = members.keyed_state != nullptr;
    description.replies_whole = members.whole_replies != nullptr && **members.whole_replies;
    description.replicates =
        members.replicated_deliveries != nullptr && **members.replicated_deliveries;
    return description;
}

std::vector<parameter_problem> configure(component& component, const json::object& parameters,
                                         rules rules)
{
    detail::component_members& members = detail::component_access::members(component);
    std::vector<parameter_problem> problems;
    assign_declared(members, parameters, problems);
    for (output_family* each : members.families)
    {
        try
        {
            detail::port_access::make_outputs(*each);
        }
        catch (const parameter_error& error)
        {
            problems.push_back(detail::problem_of(each->name(), error.what()));
        }
    }
    refuse_unknown(members, parameters, problems);
    if (problems.empty() && rules == rules::checked)
        problems = broken_rules(component);
    return problems;
}

} // namespace penstock
