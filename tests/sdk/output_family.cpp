// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "scripted_runtime.hpp"

#include <penstock/port.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

namespace json = penstock::json;

namespace
{

struct deal final : penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};
    penstock::output_family to{*this, "to", {"left", "right"}, "Who gets a packet in turn."};

    void run() override
    {
        for (std::size_t n = 0; auto packet = in.receive(); ++n)
            to[n % to.size()].send(std::move(*packet));
    }
};

struct choose final : penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output_family routes{
        *this, "routes",
        penstock::members{penstock::member_of<std::string>("port", "The output."),
                          penstock::member_of<std::int64_t>("number", "Of the packet.")},
        "port", "Who gets which packet."};

    void run() override
    {
        while (auto packet = in.receive())
            for (std::size_t n = 0; n < routes.size(); ++n)
                if (packet->get("n") == routes.items()[n].at("number"))
                {
                    routes[n].send(std::move(*packet));
                    break;
                }
    }
};

std::string problem_of(json::array names)
{
    deal component;
    const auto problems = penstock::configure(component, {{"to", std::move(names)}});
    if (problems.empty())
        return "none";
    return problems[0].name + ": " + problems[0].message + "; " + problems[0].expected;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_family_declares_a_list_parameter_of_its_own_name)
{
    const deal fresh;
    const penstock::component_description description = penstock::describe(fresh);
    BOOST_TEST_REQUIRE(description.output_families.size() == 1u);
    BOOST_TEST(description.output_families[0] == "to");
    BOOST_TEST_REQUIRE(description.parameters.size() == 1u);
    BOOST_TEST(penstock::write_json(description.parameters[0].schema) ==
               R"({"type":"array","items":{"type":"string"},"default":["left","right"],)"
               R"("description":"Who gets a packet in turn."})");
    BOOST_TEST(description.outputs.size() == 1u); // the family's outputs are not known yet
}

BOOST_AUTO_TEST_CASE(configuring_makes_the_ports_of_a_family)
{
    deal component;
    BOOST_TEST(penstock::configure(component, {{"to", {"a", "b", "c"}}}).empty());
    BOOST_TEST(component.to.size() == 3u);
    BOOST_TEST(component.to[1].name() == "b");
    BOOST_TEST(component.to[1].help() == "Who gets a packet in turn.");
    BOOST_TEST(component.to[1].index() == 2u); // after `out`
    BOOST_TEST(component.to.find("c") == &component.to[2]);
    BOOST_TEST(component.to.find("d") == nullptr);
    const penstock::component_description description = penstock::describe(component);
    BOOST_TEST_REQUIRE(description.outputs.size() == 4u);
    BOOST_TEST(description.outputs[3].name == "c");
}

BOOST_AUTO_TEST_CASE(a_family_uses_its_default)
{
    deal component;
    BOOST_TEST(penstock::configure(component, {}).empty());
    BOOST_TEST(component.to.size() == 2u);
}

BOOST_AUTO_TEST_CASE(names_in_a_family_are_checked)
{
    BOOST_TEST(problem_of({"a", "B"}) ==
               "to: \"B\" is no name of a port; [a-z][a-z0-9_]* was expected");
    BOOST_TEST(problem_of({"a", "a"}) ==
               "to: \"a\" names an output twice; another name was expected");
    BOOST_TEST(problem_of({"out"}) ==
               "to: \"out\" names an output twice; another name was expected");
    BOOST_TEST(problem_of({"error"}) ==
               "to: \"error\" names the port that every node has; another name was expected");
    BOOST_TEST(problem_of({1}) == "to: is a number; a text was expected");
    BOOST_TEST(problem_of({}) == "none");
}

BOOST_AUTO_TEST_CASE(packets_leave_by_the_ports_of_a_family)
{
    const auto result = penstock::testing::run<deal>({{"to", {"a", "b"}}}, numbered(1, 3));
    BOOST_TEST(numbers(result.sent.at("a")) == "1 3");
    BOOST_TEST(numbers(result.sent.at("b")) == "2");
    BOOST_TEST(result.sent.at("out").empty());
}

BOOST_AUTO_TEST_CASE(objects_name_the_ports_of_a_family)
{
    choose component;
    BOOST_TEST(
        penstock::configure(component, {{"routes", json::array{{{"port", "a"}, {"number", 1}},
                                                               {{"port", "b"}, {"number", 3}}}}})
            .empty());
    BOOST_TEST_REQUIRE(component.routes.size() == 2u);
    BOOST_TEST(component.routes[1].name() == "b");
    BOOST_TEST(component.routes.items()[1].at("number") == 3);
    BOOST_TEST(penstock::describe(component).outputs.size() == 2u);
}

BOOST_AUTO_TEST_CASE(objects_that_name_no_port_or_one_twice_are_problems)
{
    const auto problem = [](json::array routes)
    {
        choose component;
        const auto problems = penstock::configure(component, {{"routes", std::move(routes)}});
        return problems.empty() ? "none" : problems[0].name + ": " + problems[0].message;
    };
    BOOST_TEST(problem({{{"number", 1}}}) == "routes: item 1 has no member \"port\"");
    BOOST_TEST(problem({{{"port", "a"}, {"number", 1}}, {{"port", "a"}, {"number", 2}}}) ==
               "routes: \"a\" names an output twice");
    BOOST_TEST(problem({"a"}) == "routes: is a text");
}

BOOST_AUTO_TEST_CASE(packets_leave_by_the_ports_that_objects_name)
{
    const auto result = penstock::testing::run<choose>(
        {{"routes", json::array{{{"port", "a"}, {"number", 1}}, {{"port", "b"}, {"number", 2}}}}},
        numbered(1, 2));
    BOOST_TEST(numbers(result.sent.at("a")) == "1");
    BOOST_TEST(numbers(result.sent.at("b")) == "2");
}
