// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/component.hpp>
#include <penstock/description.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>

namespace json = penstock::json;

namespace
{

struct reader final : penstock::component
{
    penstock::accepts types{*this, {"application/json", "text/*"}, penstock::triggers::taken};
    penstock::singleton single{*this};
    penstock::input in{*this, "in", penstock::required, "What the host feeds."};
    penstock::input hints{*this, "hints", penstock::optional};
    penstock::output out{*this, "out", "Documents."};
    penstock::parameter<std::string> path{*this, "path", penstock::no_default, "Where."};
    penstock::parameter<std::int32_t> depth{*this, "depth", 3, "How deep.", penstock::range{1, 9}};

    void run() override {}
};

struct source final : penstock::component
{
    penstock::output out{*this, "out"};

    void run() override {}
};

struct pages final : penstock::component
{
    penstock::input in{*this, "in"};
    penstock::parameter<bool> raw{*this, "raw", false, "Whether it makes whole answers."};
    penstock::whole_replies whole{*this, raw};

    void run() override {}
};

struct mirror final : penstock::component
{
    penstock::input in{*this, "in"};
    penstock::parameter<bool> replicated{*this, "replicated", false, "Whether others have it too."};
    penstock::replicated_deliveries deliveries{*this, replicated};

    void run() override {}
};

// Two parameters with rules across them.
struct pair final : penstock::component
{
    penstock::parameter<std::int32_t> least{*this, "least", 0, "At least."};
    penstock::parameter<std::int32_t> most{*this, "most", 9, "At most."};

    void check(penstock::problems& found) const override
    {
        if (*least == -7)
            throw std::runtime_error("throws");
        if (*least == -8)
            throw 42;
        if (*least == -9)
            return found.add(most, "");
        if (*least <= *most)
            return;
        found.add(most, "is below least; " + std::to_string(*least) + " or more was expected");
        found.add("is no pair");
    }

    void run() override {}
};

std::vector<std::string> problems_of(const json::object& parameters)
{
    reader component;
    std::vector<std::string> lines;
    for (const auto& each : penstock::configure(component, parameters))
        lines.push_back(each.name + ": " + each.message + "; " + each.expected);
    return lines;
}

using lines = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_CASE(categories_have_their_written_names)
{
    using penstock::category;
    BOOST_TEST(penstock::name_of(category::adapter) == "adapter");
    BOOST_TEST(penstock::name_of(category::transformer) == "transformer");
    BOOST_TEST(penstock::name_of(category::filter) == "filter");
    BOOST_TEST(penstock::name_of(category::op) == "operator");
    BOOST_TEST(penstock::name_of(category::extractor) == "extractor");
    BOOST_TEST(penstock::name_of(category::publisher) == "publisher");
}

BOOST_AUTO_TEST_CASE(a_description_tells_what_the_members_declare)
{
    const reader fresh;
    const penstock::component_description found = penstock::describe(fresh);
    const std::vector<penstock::port_description> inputs{{"in", "What the host feeds.", false},
                                                         {"hints", "", true}};
    const std::vector<penstock::port_description> outputs{{"out", "Documents.", true}};
    BOOST_TEST((found.inputs == inputs));
    BOOST_TEST((found.outputs == outputs));
    BOOST_TEST((found.accepts == lines{"application/json", "text/*"}));
    BOOST_TEST(found.takes_triggers);
    BOOST_TEST(found.singleton);
    BOOST_TEST(!found.is_source());
    BOOST_TEST(found.output_families.empty());
    BOOST_TEST_REQUIRE(found.parameters.size() == 2u);
    BOOST_TEST(found.parameters[0].name == "path");
    BOOST_TEST(found.parameters[0].required);
    BOOST_TEST(found.parameters[1].name == "depth");
    BOOST_TEST(!found.parameters[1].required);
    BOOST_TEST(found.parameters[1].schema.at("default") == json::value(3));
}

BOOST_AUTO_TEST_CASE(whole_replies_are_made_when_a_parameter_says_so)
{
    BOOST_TEST(!penstock::describe(reader()).replies_whole);
    for (const bool raw : {false, true})
    {
        pages component;
        BOOST_TEST(penstock::configure(component, {{"raw", raw}}).empty());
        BOOST_TEST(penstock::describe(component).replies_whole == raw);
    }
}

BOOST_AUTO_TEST_CASE(deliveries_are_replicated_when_a_parameter_says_so)
{
    BOOST_TEST(!penstock::describe(reader()).replicates);
    for (const bool replicated : {false, true})
    {
        mirror component;
        BOOST_TEST(penstock::configure(component, {{"replicated", replicated}}).empty());
        BOOST_TEST(penstock::describe(component).replicates == replicated);
    }
}

BOOST_AUTO_TEST_CASE(a_component_without_inputs_is_a_source)
{
    const source fresh;
    const penstock::component_description found = penstock::describe(fresh);
    BOOST_TEST(found.is_source());
    BOOST_TEST(!found.takes_triggers);
    BOOST_TEST(!found.singleton);
}

BOOST_AUTO_TEST_CASE(configuring_assigns_what_is_given)
{
    reader component;
    BOOST_TEST(penstock::configure(component, {{"path", "/x"}}).empty());
    BOOST_TEST(*component.path == "/x");
    BOOST_TEST(*component.depth == 3);
}

BOOST_AUTO_TEST_CASE(configuring_tells_every_problem_at_once)
{
    const lines expected{
        "path: is a number; a text was expected", "depth: is out of range; 1 to 9 was expected",
        "dept: unknown parameter \"dept\"; did you mean \"depth\"?",
        "colour: unknown parameter \"colour\"; \"path\" or \"depth\" was expected"};
    BOOST_TEST(problems_of({{"path", 1}, {"depth", 10}, {"dept", 3}, {"colour", "red"}}) ==
                   expected,
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(rules_are_checked_once_all_values_fit)
{
    pair fitting, broken, wrong, skipped, odd, odder, mute;
    BOOST_TEST(penstock::configure(fitting, {{"least", 1}, {"most", 2}}).empty());

    const auto found = penstock::configure(broken, {{"least", 3}, {"most", 2}});
    BOOST_TEST_REQUIRE(found.size() == 2u);
    BOOST_TEST(found[0].name == "most");
    BOOST_TEST(found[0].message == "is below least");
    BOOST_TEST(found[0].expected == "3 or more was expected");
    BOOST_TEST(found[0].is_rule);
    BOOST_TEST(found[1].name == "");
    BOOST_TEST(found[1].message == "is no pair");
    BOOST_TEST(found[1].expected == "another value was expected");

    const auto values = penstock::configure(wrong, {{"least", "x"}, {"most", -1}});
    BOOST_TEST_REQUIRE(values.size() == 1u);
    BOOST_TEST(!values[0].is_rule);
    BOOST_TEST(penstock::configure(skipped, {{"least", 3}, {"most", 2}}, penstock::rules::skipped)
                   .empty());

    const auto thrown = penstock::configure(odd, {{"least", -7}, {"most", 2}});
    BOOST_TEST_REQUIRE(thrown.size() == 1u);
    BOOST_TEST(thrown[0].message == "throws");

    const auto other = penstock::configure(odder, {{"least", -8}, {"most", 2}});
    BOOST_TEST_REQUIRE(other.size() == 1u);
    BOOST_TEST(other[0].message == "check() threw something that is no std::exception");

    const auto without_text = penstock::configure(mute, {{"least", -9}, {"most", 2}});
    BOOST_TEST_REQUIRE(without_text.size() == 1u);
    BOOST_TEST(without_text[0].name == "most");
    BOOST_TEST(without_text[0].message == "no text given by check()");
}

BOOST_AUTO_TEST_CASE(a_missing_required_parameter_is_a_problem)
{
    const lines expected{"path: parameter \"path\" is missing; a value was expected"};
    BOOST_TEST(problems_of({}) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_component_without_parameters_expects_none)
{
    source component;
    const auto problems = penstock::configure(component, {{"path", 1}});
    BOOST_TEST_REQUIRE(problems.size() == 1u);
    BOOST_TEST(problems[0].name == "path");
    BOOST_TEST(problems[0].message == "unknown parameter \"path\"");
    BOOST_TEST(problems[0].expected == "none was expected");
}
