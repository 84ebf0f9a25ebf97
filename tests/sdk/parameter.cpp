// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/sdk/assigned_parameter.hpp"

#include <penstock/component.hpp>
#include <penstock/parameter.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <vector>

using namespace penstock::parameter_tests;
using namespace std::chrono_literals;
using namespace std::string_literals;
namespace json = penstock::json;
using penstock::byte_count;
using penstock::parameter;
using penstock::write_json;

BOOST_AUTO_TEST_CASE(a_parameter_has_its_default_until_one_is_assigned)
{
    owner owner;
    parameter<std::string> greeting(owner, "greeting", "hello", "What to say.");
    BOOST_TEST(*greeting == "hello");
    BOOST_TEST(greeting->size() == 5u);
    BOOST_TEST(!greeting.is_required());
    greeting.assign("hej");
    BOOST_TEST(*greeting == "hej");
    BOOST_TEST(greeting.value() == json::value("hej"));
}

BOOST_AUTO_TEST_CASE(the_schema_shows_the_default_also_after_an_assignment)
{
    owner owner;
    parameter<std::string> greeting(owner, "greeting", "hello", "What to say.");
    greeting.assign("hej");
    greeting.assign("hi");
    BOOST_TEST(write_json(greeting.schema()) ==
               R"({"type":"string","default":"hello","description":"What to say."})");
}

BOOST_AUTO_TEST_CASE(a_required_parameter_has_no_default_in_its_schema)
{
    owner owner;
    parameter<std::string> path(owner, "path", penstock::no_default, "Where.");
    BOOST_TEST(path.is_required());
    path.assign("/tmp");
    BOOST_TEST(write_json(path.schema()) == R"({"type":"string","description":"Where."})");
}

BOOST_AUTO_TEST_CASE(parameters_register_in_order_under_checked_names)
{
    owner owner;
    parameter<bool> first(owner, "first", false, "");
    parameter<bool> second(owner, "second", false, "");
    const auto& members = penstock::detail::component_access::members(owner);
    BOOST_TEST_REQUIRE(members.parameters.size() == 2u);
    BOOST_TEST(members.parameters[1] == &second);
    const auto says = [](const char* text)
    {
        return [text](const std::invalid_argument& error)
        { return error.what() == std::string(text); };
    };
    BOOST_CHECK_EXCEPTION(
        parameter<bool>(owner, "first", false, ""), std::invalid_argument,
        says("parameter \"first\": is declared twice; another name was expected"));
    BOOST_CHECK_EXCEPTION(parameter<bool>(owner, "no-name", false, ""), std::invalid_argument,
                          says("parameter \"no-name\": is no name; [a-z][a-z0-9_]* was expected"));
}

BOOST_AUTO_TEST_CASE(a_refused_value_leaves_the_old_one)
{
    owner owner;
    parameter<std::int32_t> size(owner, "size", 5, "", penstock::range{1, 10});
    BOOST_CHECK_THROW(size.assign(11), penstock::parameter_error);
    BOOST_TEST(*size == 5);
}

BOOST_AUTO_TEST_CASE(no_refusal_repeats_the_value)
{
    BOOST_TEST(assigned<std::chrono::milliseconds>("\"secret\"").find("secret") ==
               std::string::npos);
    BOOST_TEST(assigned<std::string>("\"secret\"", penstock::choices{"a"}).find("secret") ==
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_default_that_does_not_fit_is_refused)
{
    owner owner;
    BOOST_CHECK_THROW(parameter<std::int32_t>(owner, "p", 0, "", penstock::range{1, 10}),
                      penstock::parameter_error);
}

BOOST_AUTO_TEST_CASE(schemas_tell_type_limits_default_and_help)
{
    BOOST_TEST(schema_of<bool>(true) ==
               R"({"type":"boolean","default":true,"description":"Helps."})");
    BOOST_TEST(schema_of<std::uint32_t>(5, penstock::range{1, 10}) ==
               R"({"type":"integer","minimum":1,"maximum":10,"default":5,"description":"Helps."})");
    BOOST_TEST(schema_of<std::int32_t>(5) ==
               R"({"type":"integer","minimum":-2147483648,"maximum":2147483647,"default":5,)"
               R"("description":"Helps."})");
    BOOST_TEST(schema_of<std::string>("a", penstock::choices{"a", "b"}) ==
               R"({"type":"string","enum":["a","b"],"default":"a","description":"Helps."})");
    BOOST_TEST(schema_of<std::chrono::milliseconds>(500ms, penstock::range{1, 1000}) ==
               R"({"type":["string","integer"],"x-unit":"ms","pattern":"^[0-9]+(ms|s|m|h)$",)"
               R"("minimum":1,"maximum":1000,"default":"500ms","description":"Helps."})");
    BOOST_TEST(schema_of<byte_count>(byte_count{65536}) ==
               R"({"type":["string","integer"],"x-unit":"bytes",)"
               R"("pattern":"^[0-9]+(B|KiB|MiB|GiB|TiB)$","minimum":0,"default":"64KiB",)"
               R"("description":"Helps."})");
    BOOST_TEST(schema_of<json::value>(nullptr) == R"({"default":null,"description":"Helps."})");
    BOOST_TEST(schema_of<std::vector<std::string>>({}, penstock::choices{"a"}) ==
               R"({"type":"array","items":{"type":"string","enum":["a"]},"default":[],)"
               R"("description":"Helps."})");
}

BOOST_AUTO_TEST_CASE(examples_are_shown_and_must_fit)
{
    BOOST_TEST(schema_of<std::string>("", penstock::example{"a"}, penstock::example{"b"}) ==
               R"({"type":"string","default":"","examples":["a","b"],"description":"Helps."})");
    owner first, second;
    BOOST_CHECK_THROW(
        parameter<std::int32_t>(first, "p", 1, "", penstock::range{1, 10}, penstock::example{11}),
        penstock::parameter_error);
    BOOST_CHECK_THROW(
        parameter<std::int32_t>(second, "p", penstock::no_default, "", penstock::example{"many"}),
        penstock::parameter_error);
}
