// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/component_markdown.hpp"

#include "host/packages/catalogue.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(component_markdown)

using namespace penstock::host;

BOOST_AUTO_TEST_CASE(every_example_fits_its_component)
{
    catalogue all({{PENSTOCK_PACKAGES, true}});
    BOOST_TEST(all.all().size() >= 15u);
    for (const auto& type : all.all())
    {
        const penstock::json::object node = cli::example_node(*type);
        BOOST_TEST(node.at("component").as_string() == type->id);
        const penstock::json::value* params = node.if_contains("params");
        for (const auto& wrong : penstock::configure(
                 *type->make(), params == nullptr ? penstock::json::object() : params->as_object()))
            BOOST_ERROR(type->id << ": " << wrong.name << ": " << wrong.message);
    }
}

BOOST_AUTO_TEST_CASE(a_pipe_in_a_text_does_not_end_the_cell)
{
    auto type = std::make_shared<component_type>([]() -> penstock::component* { return nullptr; });
    type->id = "x/y";
    type->summary = "Does it.";
    type->description.outputs = {{"out", "This | that.", true}};
    const std::string text = cli::component_markdown(*type);
    BOOST_TEST(text.find("| `out` | This \\| that. |\n") != std::string::npos, text);
}

BOOST_AUTO_TEST_SUITE_END()
