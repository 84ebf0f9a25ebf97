// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/openapi.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace penstock::host::api
{

namespace
{

json::object parameter(std::string_view name, std::string_view in, std::string_view help)
{
    json::object made{{"name", name}, {"in", in}, {"schema", {{"type", "string"}}}};
    if (in == "path")
        made["required"] = true;
    if (!help.empty())
        made["description"] = help;
    return made;
}

json::array parameters(const operation& of)
{
    json::array list;
    std::string_view rest = of.path;
    for (std::size_t open = rest.find('{'); open != std::string_view::npos; open = rest.find('{'))
    {
        rest.remove_prefix(open + 1);
        list.emplace_back(parameter(rest.substr(0, rest.find('}')), "path", {}));
    }
    for (const query_description& each : of.query)
        list.emplace_back(parameter(each.name, "query", each.help));
    return list;
}

json::object answer(const answer_description& of)
{
    json::object made{{"description", of.help}};
    if (of.status >= 400)
        made["content"] = {
            {"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/problem"}}}}}};
    return made;
}

// What a token must allow, once there are tokens; an empty list where none is needed.
json::array security(const access& of)
{
    if (!of.needed())
        return {};
    return {{{"token", json::array{name_of(*of.needed())}}}};
}

json::object describe(const operation& of)
{
    json::object answers;
    if (of.needs.needed())
    {
        const std::string needed(name_of(*of.needs.needed()));
        answers["401"] = answer({401, "there are tokens, and the request has no valid one"});
        answers["403"] = answer({403, "its token lacks the scope " + needed});
    }
    for (const answer_description& each : of.answers)
        answers[std::to_string(each.status)] = answer(each);
    answers["default"] = answer({400, "what is wrong with the request"});
    json::object made{{"summary", of.summary}};
    if (json::array list = parameters(of); !list.empty())
        made["parameters"] = std::move(list);
    if (!of.body.empty())
    {
        json::object content;
        content[of.body] = json::object();
        made["requestBody"] = {{"content", std::move(content)}};
    }
    made["responses"] = std::move(answers);
    made["security"] = security(of.needs);
    return made;
}

json::object problem_schema()
{
    return {{"type", "object"},
            {"properties",
             {{"type", {{"type", "string"}}},
              {"title", {{"type", "string"}}},
              {"status", {{"type", "integer"}}},
              {"detail", {{"type", "string"}}},
              {"where", {{"type", "string"}}}}},
            {"required", {"type", "title", "status", "detail"}}};
}

json::object token_scheme()
{
    return {{"type", "http"},
            {"scheme", "bearer"},
            {"description",
             "As `penstock token new` makes them. Until there are any, everything is "
             "open. Each operation names the scope that it needs; admin stands for "
             "all."}};
}

} // namespace

json::object openapi(const router& table, std::string_view version)
{
    json::object paths;
    for (const operation* each : table.operations())
    {
        std::string method = each->method;
        std::ranges::transform(method, method.begin(), [](char c) { return char(c | 0x20); });
        json::value& path = paths[each->path];
        if (path.is_null())
            path.emplace_object();
        path.as_object()[method] = describe(*each);
    }
    return {{"openapi", "3.1.0"},
            {"info", {{"title", "Penstock"}, {"version", version}}},
            {"paths", std::move(paths)},
            {"components",
             {{"schemas", {{"problem", problem_schema()}}},
              {"securitySchemes", {{"token", token_scheme()}}}}}};
}

} // namespace penstock::host::api
