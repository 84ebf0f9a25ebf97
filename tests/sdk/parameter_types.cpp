// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a parameter of each type reads and writes.
#include "tests/sdk/assigned_parameter.hpp"

#include <penstock/parameter.hpp>

#include <boost/test/unit_test.hpp>

#include <optional>
#include <vector>

using namespace penstock::parameter_tests;
using namespace std::chrono_literals;
using namespace std::string_literals;
namespace json = penstock::json;
using penstock::byte_count;
using penstock::parameter;
using penstock::write_json;

BOOST_AUTO_TEST_CASE(booleans_are_read)
{
    BOOST_TEST(assigned<bool>("true") == "true");
    BOOST_TEST(assigned<bool>("1") == "is a number; true or false was expected");
    BOOST_TEST(assigned<bool>("null") == "is null; true or false was expected");
}

BOOST_AUTO_TEST_CASE(integers_are_read_to_both_ends)
{
    BOOST_TEST(assigned<std::int32_t>("-2147483648") == "-2147483648");
    BOOST_TEST(assigned<std::uint32_t>("4294967295") == "4294967295");
    BOOST_TEST(assigned<std::int64_t>("-9223372036854775808") == "-9223372036854775808");
    BOOST_TEST(assigned<std::uint64_t>("18446744073709551615") == "18446744073709551615");
    BOOST_TEST(assigned<std::int32_t>("3.0") == "3");
    BOOST_TEST(assigned<std::uint64_t>("1e19") == "10000000000000000000");
}

BOOST_AUTO_TEST_CASE(integers_refuse_overflow)
{
    BOOST_TEST(assigned<std::int32_t>("2147483648") ==
               "is out of range; an integer from -2147483648 to 2147483647 was expected");
    BOOST_TEST(assigned<std::uint32_t>("-1") ==
               "is out of range; an integer from 0 to 4294967295 was expected");
    BOOST_TEST(assigned<std::int64_t>("9223372036854775808").starts_with("is out of range; "));
    BOOST_TEST(assigned<std::int64_t>("9223372036854775808.0").starts_with("is out of range; "));
    BOOST_TEST(assigned<std::uint64_t>("1e20").starts_with("is out of range; "));
    BOOST_TEST(assigned<std::uint64_t>("-1.0").starts_with("is out of range; "));
}

BOOST_AUTO_TEST_CASE(integers_refuse_fractions_and_other_kinds)
{
    BOOST_TEST(assigned<std::uint32_t>("1.5") ==
               "is a fraction; an integer from 0 to 4294967295 was expected");
    BOOST_TEST(assigned<std::uint32_t>("\"1\"") ==
               "is a text; an integer from 0 to 4294967295 was expected");
    BOOST_TEST(assigned<std::uint32_t>("[1]") ==
               "is a list; an integer from 0 to 4294967295 was expected");
}

BOOST_AUTO_TEST_CASE(numbers_and_texts_are_read)
{
    BOOST_TEST(assigned<double>("1.5") == "1.5");
    BOOST_TEST(assigned<double>("2") == "2.0");
    BOOST_TEST(assigned<double>("{}") == "is an object; a number was expected");
    BOOST_TEST(assigned<std::string>("\"a\"") == "\"a\"");
    BOOST_TEST(assigned<std::string>("true") == "is a boolean; a text was expected");
}

BOOST_AUTO_TEST_CASE(durations_are_read_in_all_units)
{
    owner owner;
    parameter<std::chrono::milliseconds> wait(owner, "wait", 0ms, "");
    for (const auto& [text, value] : {std::pair{"\"500ms\"", 500ms},
                                      {"\"2s\"", 2000ms},
                                      {"\"1m\"", 60'000ms},
                                      {"\"1h\"", 3'600'000ms},
                                      {"250", 250ms},
                                      {"\"0s\"", 0ms}})
    {
        wait.assign(penstock::parse_json(text));
        BOOST_TEST((*wait == value), text);
    }
}

BOOST_AUTO_TEST_CASE(durations_are_written_in_the_largest_whole_unit)
{
    BOOST_TEST(assigned<std::chrono::milliseconds>("7200000") == "\"2h\"");
    BOOST_TEST(assigned<std::chrono::milliseconds>("90000") == "\"90s\"");
    BOOST_TEST(assigned<std::chrono::milliseconds>("1500") == "\"1500ms\"");
    BOOST_TEST(assigned<std::chrono::milliseconds>("0") == "\"0ms\"");
}

BOOST_AUTO_TEST_CASE(durations_refuse_what_they_cannot_read)
{
    const std::string expected =
        R"(; a duration such as "500ms", "2s", "1m" or "1h", or milliseconds, was expected)";
    for (const char* text :
         {R"("")", R"("5")", R"("5 s")", R"("5d")", R"("1.5s")", R"("-1s")", R"("s")"})
        BOOST_TEST(assigned<std::chrono::milliseconds>(text) ==
                   "is a text that cannot be read" + expected);
    BOOST_TEST(assigned<std::chrono::milliseconds>("-1") == "is out of range" + expected);
    BOOST_TEST(assigned<std::chrono::milliseconds>("1.5") == "is a fraction" + expected);
    BOOST_TEST(assigned<std::chrono::milliseconds>("true") == "is a boolean" + expected);
    BOOST_TEST(assigned<std::chrono::milliseconds>("\"9223372036854775807h\"") ==
               "is out of range" + expected);
    BOOST_TEST(assigned<std::chrono::milliseconds>("\"99999999999999999999ms\"") ==
               "is out of range" + expected);
}

BOOST_AUTO_TEST_CASE(sizes_are_read_and_written)
{
    owner owner;
    parameter<byte_count> size(owner, "size", byte_count{0}, "");
    size.assign("64KiB");
    BOOST_TEST((*size == byte_count{65536}));
    size.assign(1000);
    BOOST_TEST((*size == byte_count{1000}));
    BOOST_TEST(assigned<byte_count>("\"16MiB\"") == "\"16MiB\"");
    BOOST_TEST(assigned<byte_count>("4294967296") == "\"4GiB\"");
    BOOST_TEST(assigned<byte_count>("\"7B\"") == "\"7B\"");
    BOOST_TEST(
        assigned<byte_count>("\"64KB\"") ==
        R"(is a text that cannot be read; a size such as "512B", "64KiB", "16MiB" or "4GiB", or bytes, was expected)");
    BOOST_TEST(assigned<byte_count>("\"16777216TiB\"").starts_with("is out of range; "));
}

BOOST_AUTO_TEST_CASE(any_json_is_a_value_and_lists_hold_all_types)
{
    BOOST_TEST(assigned<json::value>(R"({"a":[1,null]})") == R"({"a":[1,null]})");
    BOOST_TEST(assigned<std::vector<std::string>>(R"(["a","b"])") == R"(["a","b"])");
    BOOST_TEST(assigned<std::vector<bool>>("[true,false]") == "[true,false]");
    BOOST_TEST(assigned<std::vector<std::chrono::milliseconds>>(R"(["1s",20])") ==
               R"(["1s","20ms"])");
    BOOST_TEST(assigned<std::vector<std::string>>("\"a\"") == "is not a list; a list was expected");
    BOOST_TEST(assigned<std::vector<std::string>>("[1]") == "is a number; a text was expected");
}

BOOST_AUTO_TEST_CASE(single_precision_is_read_and_written_in_its_own_digits)
{
    BOOST_TEST(assigned<float>("0.1") == "0.1");
    BOOST_TEST(assigned<float>("1e39") ==
               "is out of range; a number of single precision was expected");
    BOOST_TEST(assigned<float>("2", penstock::range{0, 1}) ==
               "is out of range; 0 to 1 was expected");
    BOOST_TEST(schema_of<float>(0.1F) ==
               R"({"type":"number","default":0.1,"description":"Helps."})");
}

BOOST_AUTO_TEST_CASE(seconds_are_whole)
{
    BOOST_TEST(assigned<std::chrono::seconds>("\"2m\"") == "\"2m\"");
    BOOST_TEST(assigned<std::chrono::seconds>("90") == "\"90s\"");
    BOOST_TEST(assigned<std::chrono::seconds>("\"500ms\"") ==
               R"(is a text that cannot be read; a duration such as "2s", "1m" or "1h", or )"
               "seconds, was expected");
    BOOST_TEST(assigned<std::chrono::seconds>("\"1m\"", penstock::range{1, 30}) ==
               "is out of range; 1 to 30 s was expected");
    BOOST_TEST(schema_of<std::chrono::seconds>(3s) ==
               R"({"type":["string","integer"],"x-unit":"s","pattern":"^[0-9]+(s|m|h)$",)"
               R"("default":"3s","description":"Helps."})");
}

BOOST_AUTO_TEST_CASE(what_is_optional_has_no_value_until_one_is_given)
{
    owner owner;
    parameter<std::optional<std::int32_t>> most(owner, "most", std::nullopt, "At most.",
                                                penstock::range{1, 9});
    BOOST_TEST(!most.is_required());
    BOOST_TEST(!most->has_value());
    BOOST_TEST(write_json(most.schema()) ==
               R"({"type":["integer","null"],"minimum":1,"maximum":9,"default":null,)"
               R"("description":"At most."})");
    most.assign(4);
    BOOST_TEST(most->value() == 4);
    most.assign(nullptr);
    BOOST_TEST(!most->has_value());
    BOOST_TEST(assigned<std::optional<std::int32_t>>("10", penstock::range{1, 9}) ==
               "is out of range; 1 to 9 was expected");
    BOOST_TEST(assigned<std::optional<std::string>>("1") == "is a number; a text was expected");
    BOOST_TEST(schema_of<std::optional<std::string>>({}, penstock::choices{"a", "b"}) ==
               R"({"type":["string","null"],"enum":["a","b",null],"default":null,)"
               R"("description":"Helps."})");
}

BOOST_AUTO_TEST_CASE(a_secret_is_never_written)
{
    owner owner;
    parameter<penstock::secret> token(owner, "token", penstock::no_default, "Who we are.");
    token.assign("hunter2");
    BOOST_TEST(token->reveal() == "hunter2");
    BOOST_TEST(write_json(token.value()) == "\"\"");
    BOOST_TEST(write_json(token.schema()) ==
               R"({"type":"string","writeOnly":true,"description":"Who we are."})");
    parameter<penstock::secret> other(owner, "other", {}, "");
    other.assign("hunter2");
    BOOST_TEST(write_json(other.schema()).find("hunter2") == std::string::npos);
    BOOST_TEST(assigned<std::vector<penstock::secret>>(R"(["a","b"])") == R"(["",""])");
}

BOOST_AUTO_TEST_CASE(objects_have_the_members_that_are_declared)
{
    using objects = std::vector<json::object>;
    const penstock::members members{penstock::member_of<std::string>("port", "Where to."),
                                    penstock::member_of<std::optional<double>>("least", "If.")};
    BOOST_TEST(assigned<objects>(R"([{"port":"a"},{"port":"b","least":2}])", members) ==
               R"([{"port":"a"},{"port":"b","least":2}])");
    BOOST_TEST(assigned<objects>(R"([{"port":"a"},{"least":2}])", members) ==
               R"(item 2 has no member "port"; one was expected)");
    BOOST_TEST(assigned<objects>(R"([{"port":1}])", members) ==
               R"(item 1 has a member "port" that is a number; a text was expected)");
    BOOST_TEST(assigned<objects>(R"([{"port":"a","lest":2}])", members) ==
               R"(item 1 has an unknown member "lest"; did you mean "least"?)");
    BOOST_TEST(assigned<objects>("[1]", members) == "is a number; an object was expected");
    BOOST_TEST(assigned<json::object>("{}", members) ==
               R"(has no member "port"; one was expected)");
    BOOST_TEST(assigned<json::object>(R"({"any":1})") == R"({"any":1})");
    BOOST_TEST(schema_of<objects>({}, members) ==
               R"({"type":"array","items":{"type":"object","properties":{)"
               R"("port":{"type":"string","description":"Where to."},)"
               R"("least":{"type":["number","null"],"description":"If."}},)"
               R"("required":["port"],"additionalProperties":false},"default":[],)"
               R"("description":"Helps."})");
}
