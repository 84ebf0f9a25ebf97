// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/environment.hpp"

#include "host/app/settings.hpp"
#include "host/supervise/handover.hpp"

#include <penstock/json.hpp>
#include <penstock/nearest.hpp>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <string_view>

#include <unistd.h>

namespace penstock::host
{

namespace
{

// `PENSTOCK_PORT_8080_TCP`, `PENSTOCK_SERVICE_HOST`…
bool is_of_kubernetes(std::string_view name)
{
    return name == "PORT" || name.starts_with("PORT_") || name.starts_with("SERVICE_");
}

} // namespace

std::optional<std::vector<std::string>> list_in(std::string_view text)
{
    std::vector<std::string> values;
    if (!text.starts_with('['))
    {
        for (std::size_t at = 0; at <= text.size();)
        {
            const std::size_t end = std::min(text.find(',', at), text.size());
            values.emplace_back(text.substr(at, end - at));
            at = end + 1;
        }
        return values;
    }
    try
    {
        const json::value list = parse_json(text);
        for (const json::value& each : list.as_array())
            values.emplace_back(each.as_string());
    }
    catch (const std::exception&) // no JSON, or no texts
    {
        return std::nullopt;
    }
    return values;
}

std::map<std::string, std::string> settings_of_environment()
{
    std::map<std::string, std::string> found;
    for (const setting& each : all_settings())
        if (const char* value = std::getenv(each.variable().c_str());
            value != nullptr && *value != '\0')
            found.emplace(each.key, value);
    return found;
}

std::vector<problem> unknown_variables()
{
    // Without what all begin with, which would make any two of them near.
    const auto rest_of = [](std::string_view name)
    { return std::string(name.substr(variable_prefix.size())); };
    std::vector<std::string> known{rest_of(configuration_variable), "TOKEN"};
    for (const setting& each : all_settings())
        known.push_back(rest_of(each.variable()));
    std::vector<problem> problems;
    for (char** each = ::environ; *each != nullptr; ++each)
    {
        const std::string_view whole = *each;
        const std::string name(whole.substr(0, whole.find('=')));
        if (!name.starts_with(variable_prefix) || name == supervise::handover::variable)
            continue;
        const std::string rest = rest_of(name);
        if (is_of_kubernetes(rest) || std::ranges::count(known, rest) != 0)
            continue;
        const std::string meant = nearest(rest, known);
        problems.emplace_back(name, "", "is no setting",
                              meant.empty()
                                  ? "one of penstock run --help was expected"
                                  : "did you mean " + std::string(variable_prefix) + meant + '?');
    }
    return problems;
}

} // namespace penstock::host
