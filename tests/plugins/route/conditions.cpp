// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <penstock/detail/packet_access.hpp>

#include <cstdint>

namespace json = penstock::json;
using namespace route_package;
using penstock::packet;
using penstock::testing::packets;

namespace
{

std::vector<packet> many(std::uint64_t count, bool with_ids)
{
    std::vector<packet> list;
    for (std::uint64_t n = 0; n < count; ++n)
    {
        packet& made = list.emplace_back();
        made.set("n", n);
        if (with_ids)
            penstock::detail::packet_access::set_id(made, {n * 3, n * 7});
    }
    return list;
}

} // namespace

BOOST_AUTO_TEST_SUITE(route_drop_when)

BOOST_AUTO_TEST_CASE(packets_that_fulfil_the_condition_are_dropped)
{
    auto result = run_entry(drop_entry, {{"when", "price > 5 or sold"}},
                            packets(packet({{"price", 1}}), packet({{"price", 9}}),
                                    packet({{"price", 2}, {"sold", true}}),
                                    packet({{"price", 3}, {"sold", nullptr}}),
                                    packet({{"price", 4}, {"sold", false}})));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"price":1})", R"({"price":3,"sold":null})",
                                                   R"({"price":4,"sold":false})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.dropped.size() == 2u);
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_compared_fails_alone)
{
    auto result = run_entry(drop_entry, {{"when", "price > 5"}},
                            packets(packet(), packet({{"price", "x"}}), packet({{"price", 1}})));
    BOOST_TEST(result.out().size() == 1u);
    BOOST_TEST_REQUIRE(result.failed.size() == 2u);
    BOOST_TEST(result.failed[0].second ==
               "when: price > 5: attempt to compare number with nil; field \"price\" is absent");
}

BOOST_AUTO_TEST_CASE(it_takes_a_field_or_a_condition)
{
    BOOST_TEST(refusal(drop_entry, {}) == "field: is missing; it or when was expected");
    BOOST_TEST(refusal(drop_entry, {{"field", "a"}, {"when", "a"}}) ==
               "field: is given beside when; one of them was expected");
    BOOST_TEST(refusal(drop_entry, {{"when", "a"}, {"values", {1}}}) ==
               "values: is given without field; a field was expected");
    BOOST_TEST(refusal(drop_entry, {{"when", "a +"}}) ==
               "when: line 1, column 4: unexpected symbol at the end; an expression of Lua was "
               "expected");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(route_sample)

BOOST_AUTO_TEST_CASE(about_its_share_of_packets_is_kept)
{
    auto result = run_entry(sample_entry, {{"rate", 0.25}}, many(4000, true));
    BOOST_TEST(result.out().size() > 850u);
    BOOST_TEST(result.out().size() < 1150u);
    BOOST_TEST(result.out().size() + result.dropped.size() == 4000u);
}

BOOST_AUTO_TEST_CASE(the_same_packets_are_kept_again)
{
    auto once = run_entry(sample_entry, {{"rate", 0.5}}, many(200, true));
    auto again = run_entry(sample_entry, {{"rate", 0.5}}, many(200, true));
    BOOST_TEST(fields_of(once.out()) == fields_of(again.out()), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(all_or_none_can_be_kept)
{
    BOOST_TEST(run_entry(sample_entry, {{"rate", 1}}, many(100, true)).out().size() == 100u);
    BOOST_TEST(run_entry(sample_entry, {{"rate", 0}}, many(100, true)).out().empty());
}

BOOST_AUTO_TEST_CASE(packets_of_one_key_share_their_fate)
{
    std::vector<packet> given = many(1000, true);
    for (std::uint64_t n = 0; n < given.size(); ++n)
        given[n].set("user", n % 20);
    auto result =
        run_entry(sample_entry, {{"rate", 0.5}, {"key", "/fields/user"}}, std::move(given));
    BOOST_TEST(result.out().size() % 50 == 0u);
    BOOST_TEST(result.out().size() > 0u);
    BOOST_TEST(result.out().size() < 1000u);
}

BOOST_AUTO_TEST_CASE(those_that_the_condition_leaves_out_all_pass)
{
    auto result = run_entry(sample_entry, {{"rate", 0}, {"when", "n >= 3"}}, many(5, true));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"n":0})", R"({"n":1})", R"({"n":2})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_key_or_a_condition_of_another_form_is_refused)
{
    BOOST_TEST(refusal(sample_entry, {{"rate", 1}, {"key", "user"}}) ==
               "key: is \"user\"; /fields/NAME or /meta/NAME was expected");
    BOOST_TEST(refusal(sample_entry, {{"rate", 1}, {"when", ""}}) ==
               "when: line 1, column 1: there is no expression; an expression of Lua was expected");
}

BOOST_AUTO_TEST_SUITE_END()
