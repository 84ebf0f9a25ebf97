// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "redis_test.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(redis_publish)

using namespace redis_test;
using entry = std::map<std::string, std::string>;

BOOST_AUTO_TEST_CASE(fields_of_a_packet_become_fields_of_an_entry_with_the_id)
{
    const std::string stream = fresh_stream();
    packet made({{"title", "Größe"}, {"tags", json::array{1, 2}}, {"n", 5}, {"none", nullptr}});
    made.set_data(penstock::bytes(std::string("raw")));
    auto result = publish(packets(std::move(made)), {{"stream", stream}});
    BOOST_TEST(result.delivered.size() == 1U);
    BOOST_TEST(result.metrics.at("messages") == 1.0);
    const auto found = shared_redis().entries(stream);
    BOOST_TEST_REQUIRE(found.size() == 1U);
    BOOST_TEST((found[0] == entry{{"message_id", std::string(31, '0') + '1'},
                                  {"title", "Größe"},
                                  {"tags", "[1,2]"},
                                  {"n", "5"},
                                  {"none", "null"}}));
}

BOOST_AUTO_TEST_CASE(data_become_a_field_beside_their_type)
{
    const std::string stream = fresh_stream();
    packet both({{"a", 1}});
    both.set_data(penstock::bytes(std::string("t\0wo", 4)));
    auto result =
        publish(packets(body("one", {{"mimetype", "text/plain"}, {"charset", "utf-8"}}),
                        std::move(both), packet(), packet({{"a", 1}})),
                {{"stream", stream}, {"format", "data"}, {"id_field", ""}, {"data_field", "body"}});
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST(result.dropped.size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == "has no data; some was expected");
    const auto found = shared_redis().entries(stream);
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST((found[0] == entry{{"body", "one"}, {"mimetype", "text/plain; charset=utf-8"}}));
    BOOST_TEST((found[1] == entry{{"body", std::string("t\0wo", 4)},
                                  {"mimetype", "application/octet-stream"}}));
}

BOOST_AUTO_TEST_CASE(thousands_of_entries_keep_their_order)
{
    const std::string stream = fresh_stream();
    std::vector<packet> given;
    for (int n = 0; n < 5000; ++n)
        given.push_back(packet({{"n", n}}));
    BOOST_TEST(publish(std::move(given), {{"stream", stream}}).delivered.size() == 5000U);
    int next = 0;
    for (const auto& each : shared_redis().entries(stream))
        BOOST_TEST_REQUIRE(each.at("n") == std::to_string(next++));
    BOOST_TEST(next == 5000);
}

BOOST_AUTO_TEST_CASE(a_stream_may_be_kept_short)
{
    const std::string stream = fresh_stream();
    std::vector<packet> given;
    for (int n = 0; n < 2000; ++n)
        given.push_back(packet({{"n", n}}));
    BOOST_TEST(
        publish(std::move(given), {{"stream", stream}, {"max_length", 100}}).delivered.size() ==
        2000U);
    const auto found = shared_redis().entries(stream);
    BOOST_TEST(found.size() >= 100U);
    BOOST_TEST(found.size() < 400U);
    BOOST_TEST(found.back().at("n") == "1999");
}

BOOST_AUTO_TEST_CASE(packets_may_name_their_stream_and_one_that_is_none_fails_them_alone)
{
    const std::string good = fresh_stream();
    const std::string other = fresh_stream();
    (void)shared_redis().ask({"SET", other, "a text"});
    auto result = publish(packets(packet({{"to", json::string(good)}}),
                                  packet({{"to", json::string(other)}}), packet({{"none", 1}}),
                                  packet({{"to", ""}}), packet({{"to", json::string(good)}})),
                          {{"stream", "{{to}}"}});
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST_REQUIRE(result.failed.size() == 3U);
    std::string all;
    for (const auto& [item, why] : result.failed)
        all += why + '\n';
    BOOST_TEST(has(all, "to: is absent; a text or a number was expected\n"), all);
    BOOST_TEST(has(all, "stream: is empty; a name was expected\n"), all);
    BOOST_TEST(has(all, "stream: " + other + ": WRONGTYPE"), all);
    BOOST_TEST(shared_redis().entries(good).size() == 2U);
    BOOST_TEST(has(why_away({{"stream", other}}), "WRONGTYPE"));
}

BOOST_AUTO_TEST_SUITE_END()
