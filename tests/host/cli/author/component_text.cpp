// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/component_text.hpp"

#include "host/cli/author/component_markdown.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(component_text)

using namespace penstock::host;
using penstock::category;
namespace json = penstock::json;

namespace
{

std::string type_of(const char* schema)
{
    return cli::type_text(penstock::parse_json(schema).as_object());
}

std::shared_ptr<component_type> made(std::string id, category kind)
{
    auto type = std::make_shared<component_type>([]() -> penstock::component* { return nullptr; });
    type->id = std::move(id);
    type->category = kind;
    type->summary = "Does it.";
    return type;
}

} // namespace

BOOST_AUTO_TEST_CASE(types_are_told_in_words)
{
    BOOST_TEST(type_of(R"({"type": "string"})") == "text");
    BOOST_TEST(type_of(R"({"type": "array", "items": {"type": "string"}})") == "list of text");
    BOOST_TEST(type_of(R"({"type": "integer", "minimum": 1, "maximum": 64})") ==
               "integer, 1 to 64");
    BOOST_TEST(type_of(R"({"type": "integer", "minimum": 0, "maximum": 4294967295})") ==
               "integer, at least 0");
    BOOST_TEST(type_of(R"({"type": "string", "enum": ["a", "b"]})") == "a | b");
    BOOST_TEST(type_of(R"({"type": ["string", "integer"], "x-unit": "ms"})") == "duration");
    BOOST_TEST(type_of(R"({})") == "any JSON");
    BOOST_TEST(type_of(R"({"type": "string", "writeOnly": true})") == "secret");
    BOOST_TEST(type_of(R"({"type": ["string", "null"], "enum": ["a", "b", null]})") == "a | b");
    BOOST_TEST(type_of(R"({"type": ["integer", "null"]})") == "integer");
    BOOST_TEST(type_of(R"({"type": ["string", "integer"], "x-unit": "s"})") ==
               "duration in seconds");
    BOOST_TEST(type_of(R"({"type": "array", "items": {"type": "object", "properties":
                   {"a": {"type": "string"}, "b": {"type": "number"}}, "required": ["a"]}})") ==
               "list of object {a: text, b: number?}");
}

BOOST_AUTO_TEST_CASE(the_table_groups_by_category_in_their_order)
{
    BOOST_TEST(
        cli::catalogue_table({made("x/write", category::publisher), made("x/in", category::adapter),
                              made("longer/in", category::adapter)}) == "adapter\n"
                                                                        "  x/in       Does it.\n"
                                                                        "  longer/in  Does it.\n"
                                                                        "\n"
                                                                        "publisher\n"
                                                                        "  x/write    Does it.\n");
}

BOOST_AUTO_TEST_CASE(the_page_shows_version_status_and_examples)
{
    const auto type = made("x/old", category::op);
    type->package = "x";
    type->version = "2.0.0";
    type->own_version = "0.3.0";
    type->since = "1.1.0";
    type->status = penstock::status::deprecated;
    type->successor = "x/new";
    const auto schema = [](const char* text) { return penstock::parse_json(text).as_object(); };
    type->description.parameters = {
        {"key", schema(R"({"type": "string", "writeOnly": true, "default": ""})"), false},
        {"to", schema(R"({"type": ["string", "null"], "default": null, "examples": ["a"],
                          "description": "Where."})"),
         false}};
    const std::string page = cli::component_page(*type);
    for (const char* line :
         {"version  0.3.0\n", "since    x 1.1.0\n", "status   deprecated: use x/new\n",
          "  key    secret; optional\n", "  to     text; optional\n", "         example: \"a\"\n"})
        BOOST_TEST(page.find(line) != std::string::npos, page);
    BOOST_TEST(cli::catalogue_table({type}).find("x/old  Does it. (deprecated: use x/new)\n") !=
               std::string::npos);
    const std::string markdown = cli::component_markdown(*type);
    for (const char* line :
         {"**Deprecated**: use `x/new`.\n", "Since x 1.1.0.\n", "Its own version is 0.3.0.\n",
          "| `to` | text | optional | Where. Example: `\"a\"`. |\n"})
        BOOST_TEST(markdown.find(line) != std::string::npos, markdown);
}

BOOST_AUTO_TEST_CASE(the_page_shows_ports_and_parameters)
{
    const auto type = made("x/sort", category::op);
    type->package = "x";
    type->version = "1.2";
    type->licence = "MIT";
    type->path = "/x.so";
    type->description.inputs = {{"in", "", false}, {"more", "Extra.", true}};
    type->description.outputs = {{"out", "Sorted.", false}};
    type->description.parameters = {
        {"by", penstock::parse_json(R"({"type": "string", "description": "A field."})").as_object(),
         true},
        {"most", penstock::parse_json(R"({"type": "integer", "default": 5})").as_object(), false}};
    BOOST_TEST(cli::component_page(*type) == "x/sort (operator)\n"
                                             "Does it.\n"
                                             "\n"
                                             "package  x 1.2, MIT\n"
                                             "path     /x.so\n"
                                             "\n"
                                             "inputs\n"
                                             "  in\n"
                                             "  more   Extra. (may stay unwired)\n"
                                             "\n"
                                             "outputs\n"
                                             "  out    Sorted.\n"
                                             "  error  packets that failed (on every node)\n"
                                             "\n"
                                             "parameters\n"
                                             "  by     text; required\n"
                                             "         A field.\n"
                                             "  most   integer; default 5\n"
                                             "\n"
                                             "example\n"
                                             "  { \"component\": \"x/sort\", \"params\": "
                                             "{ \"by\": \"…\", \"most\": 5 } }\n");
}

BOOST_AUTO_TEST_SUITE_END()
