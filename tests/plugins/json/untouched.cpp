// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What json/read leaves of a document as it came.
#include "components.hpp"
#include "run_entry.hpp"
#include "json/json_bodies.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace json_bodies;
using penstock::testing::packets;

namespace
{

// The fields of all packets as they are written.
std::string written(const std::vector<packet>& all)
{
    std::string text;
    for (const packet& each : all)
    {
        each.write_fields(text);
        text += '\n';
    }
    return text;
}

std::string deep_list(std::size_t depth)
{
    return std::string(depth, '[') + "1.50" + std::string(depth, ']');
}

} // namespace

BOOST_AUTO_TEST_CASE(values_leave_json_read_as_they_came)
{
    constexpr std::string_view one = R"({"a":1.50,"b":[1E5,{"c":123456789012345678901}]})";
    constexpr std::string_view two = R"({"a":"\u00e9\/","b":-0.0})";
    const std::string expected = std::string(one) + '\n' + std::string(two) + '\n';
    const std::string list = std::string("[ ").append(one).append(", ").append(two).append("\n]");
    BOOST_TEST(written(read(packets(body(one), body(two))).out()) == expected);
    BOOST_TEST(written(read(packets(body(list))).out()) == expected);
    BOOST_TEST(
        written(read(packets(body(list.substr(0, 1) + std::string(300'000, ' ') + list.substr(1))))
                    .out()) == expected);
    BOOST_TEST(written(read(packets(lines(expected))).out()) == expected);
    BOOST_TEST(written(read(packets(body(expected)), {{"format", "concatenated"}}).out()) ==
               expected);
    BOOST_TEST(written(read(packets(body("\xEF\xBB\xBF" + list))).out()) == expected);
}

BOOST_AUTO_TEST_CASE(a_document_with_many_members_is_read_within_the_bounds_of_its_parameters)
{
    std::string wide = "{\"deep\":" + deep_list(80);
    for (int n = 0; n < 200; ++n)
        wide += ",\"f" + std::to_string(n) + "\":1.50";
    wide += '}';
    auto result = read(packets(body(wide), body("[" + wide + "]")), {{"depth", 100}});
    BOOST_TEST(result.failed.empty());
    BOOST_REQUIRE(result.out().size() == 2);
    for (const packet& each : result.out())
    {
        BOOST_TEST(each.field_count() == 201U);
        BOOST_TEST(*each.find("f199") == 1.5);
    }
}

BOOST_AUTO_TEST_CASE(a_list_with_half_a_surrogate_pair_loses_that_element_alone)
{
    auto result = read(packets(body(R"([{"a":1.50},{"a":"\ud800"},{"a":2.50}])")));
    BOOST_TEST(written(result.out()) == "{\"a\":1.50}\n{\"a\":2.50}\n");
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].first.data().view() == R"({"a":"\ud800"})");
}

BOOST_AUTO_TEST_CASE(a_list_whose_text_is_repaired_is_cut_where_its_elements_are_then)
{
    auto result =
        read(packets(body("[{\"a\":\"\xff\xff\"},7,{\"b\":1.50}]")), {{"invalid", "replace"}});
    BOOST_TEST(written(result.out()) == "{\"a\":\"\uFFFD\uFFFD\"}\n{\"b\":1.50}\n");
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].first.data().view() == "7");
}
