// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/graphs/component_routes.hpp"

#include "host/api/entity_tag.hpp"

#include <penstock/json.hpp>

#include <string>
#include <vector>

namespace penstock::host::api
{

namespace
{

json::array lines(const std::vector<problem>& problems)
{
    json::array list;
    for (const problem& each : problems)
        list.emplace_back(to_string(each));
    return list;
}

http::response list(const http::request& asked, catalogue& components)
{
    json::array all;
    for (const auto& each : components.all())
        all.emplace_back(component_json(*each));
    return tagged(asked, write_json(json::object{{"components", std::move(all)},
                                                 {"refusals", lines(components.refusals())},
                                                 {"warnings", lines(components.warnings())}}));
}

http::response show(const http::request& asked, const path_arguments& path, catalogue& components)
{
    const std::string id = std::string(path["package"]) + '/' + std::string(path["name"]);
    const auto found = components.find(id);
    if (found != nullptr)
        return tagged(asked, write_json(component_json(*found)));
    std::string detail = "there is no component " + quote(id);
    for (const problem& each : components.refusals(path["package"]))
        detail += "; " + to_string(each);
    return http::response::problem(404, {}, detail);
}

} // namespace

void add_component_routes(router& table, catalogue& components, background_pool& quick)
{
    table.add({.method = "GET",
               .path = "/api/components",
               .needs = scope::read,
               .summary = "Lists every component with ports and parameters, and refused packages.",
               .answers = {{200, "the catalogue"}, {304, "unchanged"}},
               .act = in_background(quick, [&](const http::request& asked, const path_arguments&)
                                    { return list(asked, components); })});
    table.add(
        {.method = "GET",
         .path = "/api/components/{package}/{name}",
         .needs = scope::read,
         .summary = "Describes one component.",
         .answers = {{200, "the component"}, {304, "unchanged"}, {404, "no such component"}},
         .act = in_background(quick, [&](const http::request& asked, const path_arguments& path)
                              { return show(asked, path, components); })});
}

} // namespace penstock::host::api
