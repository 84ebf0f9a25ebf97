// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The reader of JSON Schema and its check in plugins/fields. Before the first line end is a schema,
// behind it is a value.

#include "plugins/fields/schema_check.hpp"
#include "plugins/fields/schema_document.hpp"
#include "target.hpp"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <stdexcept>

namespace penstock::fuzz
{

using namespace fields_package;

std::vector<std::string> seeds()
{
    return {
        R"({"properties":{"a":{"type":["integer","null"],"minimum":0,"multipleOf":0.5}}})"
        "\n"
        R"({"a":-1})",
        R"({"allOf":[{"$ref":"#/definitions/b"}],"definitions":{"b":{"$id":"#b","not":{}}}})"
        "\n[1,2]",
        R"({"items":[{"enum":[1,{"a":[]}]}],"additionalItems":false,"uniqueItems":true})"
        "\n"
        R"([{"a":[]},1.0])",
        R"({"patternProperties":{"^\\u0061":{"maxLength":1}},"additionalProperties":{"$ref":"#"}})"
        "\n"
        R"({"a":"xy","b":{"c":1}})",
        R"({"anyOf":[{"$ref":"#/not"}],"not":{"oneOf":[{"$ref":"#"}]},"minimum":1e19})"
        "\n"
        R"(18446744073709551615)",
        R"({"if":{"required":["a"]},"then":{"dependencies":{"a":["b"]}},"else":{"const":0},)"
        R"("oneOf":[true,false],"contains":{},"propertyNames":{"pattern":"b"}})"
        "\n"
        R"({"a":null})"};
}

void try_input(std::string_view input)
{
    const std::size_t end = std::min(input.find('\n'), input.size());
    json::value schema, value;
    try
    {
        schema = parse_json(input.substr(0, end));
        value = parse_json(input.substr(std::min(end + 1, input.size())));
    }
    catch (const std::exception&) // no JSON
    {
        return;
    }
    try
    {
        const schema_document document(schema);
        const auto failure = check_schema(document.root(), value, {100, 1'000'000});
        hold(!failure || failure->what.find(';') != std::string::npos,
             "what is wrong is told with what was expected");
        hold(!failure || failure->pointer.empty() || failure->pointer.front() == '/',
             "and where it is");
    }
    catch (const std::invalid_argument& error)
    {
        hold(error.what()[0] == '/', "a schema that is none is told with its place");
    }
    catch (const std::runtime_error&) // too deep, or too many steps
    {
    }
}

} // namespace penstock::fuzz
