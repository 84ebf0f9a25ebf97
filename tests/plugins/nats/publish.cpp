// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "nats_test.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(nats_publish)

using namespace nats_test;
using headers = std::map<std::string, std::string>;

namespace
{

// The id of a message, which begins with that of its packet.
std::string id_in(const stream_text& message, char last)
{
    const std::string id = message.headers.at("Nats-Msg-Id");
    BOOST_TEST(id.starts_with(std::string(31, '0') + last + '-'), id);
    return id;
}

} // namespace

BOOST_AUTO_TEST_CASE(data_and_fields_are_published_with_type_id_and_meta)
{
    const std::string stream = fresh_nats_stream();
    packet made({{"title", "Größe"}});
    made.set_meta("route", json::array{"a"});
    made.set_meta("n", 5);
    made.set_meta("mimetype", "text/html");
    made.set_meta("nats_subject", "x");
    made.set_meta("Nats-Expected-Stream", "y");
    auto result = publish(packets(body(std::string_view("t\0wo", 4)), std::move(made), packet()),
                          {{"subject", stream}});
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST(result.dropped.size() == 1U);
    BOOST_TEST(result.metrics.at("messages") == 2.0);
    const auto found = shared_nats().messages(stream);
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found[0].body == std::string("t\0wo", 4));
    BOOST_TEST((found[0].headers == headers{{"Content-Type", "application/octet-stream"},
                                            {"Nats-Msg-Id", id_in(found[0], '1')}}));
    BOOST_TEST(found[1].body == R"({"title":"Größe"})");
    BOOST_TEST((found[1].headers == headers{{"Content-Type", "application/json"},
                                            {"Nats-Msg-Id", id_in(found[1], '2')},
                                            {"route", R"(["a"])"},
                                            {"n", "5"}}));
}

BOOST_AUTO_TEST_CASE(a_packet_that_is_published_twice_is_stored_once)
{
    const std::string stream = fresh_nats_stream();
    BOOST_TEST(publish(packets(body("x")), {{"subject", stream}}).delivered.size() == 1U);
    auto again = publish(packets(body("x")), {{"subject", stream}});
    BOOST_TEST(again.delivered.size() == 1U);
    BOOST_TEST(again.metrics.at("duplicates") == 1.0);
    BOOST_TEST(shared_nats().messages(stream).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_packet_that_goes_to_two_subjects_of_a_stream_is_stored_twice)
{
    const std::string stream = fresh_nats_stream();
    for (const char* const word : {".a", ".b"})
    {
        auto result = publish(packets(body("x")), {{"subject", stream + word}});
        BOOST_TEST(result.delivered.size() == 1U);
        BOOST_TEST(result.metrics.at("duplicates") == 0.0);
    }
    const auto found = shared_nats().messages(stream);
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found[1].subject == stream + ".b");
}

BOOST_AUTO_TEST_CASE(thousands_of_messages_keep_their_order)
{
    const std::string stream = fresh_nats_stream();
    std::vector<packet> given;
    for (int n = 0; n < 3000; ++n)
        given.push_back(body(std::to_string(n)));
    BOOST_TEST(publish(std::move(given), {{"subject", stream + ".a"}}).delivered.size() == 3000U);
    int next = 0;
    for (const stream_text& each : shared_nats().messages(stream))
        BOOST_TEST_REQUIRE(each.body == std::to_string(next++));
    BOOST_TEST(next == 3000);
}

BOOST_AUTO_TEST_CASE(packets_may_name_their_subject_and_one_that_no_stream_has_fails_them_alone)
{
    const std::string stream = fresh_nats_stream();
    packet odd({{"to", json::string(stream + ".c")}});
    odd.set_meta("a", "x\ny");
    auto result =
        publish(packets(packet({{"to", json::string(stream + ".a")}}), packet({{"to", "nobody"}}),
                        packet({{"to", "a.*"}}), packet({{"none", 1}}), std::move(odd)),
                {{"subject", "{{to}}"}});
    BOOST_TEST(result.delivered.size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 4U);
    std::string all;
    for (const auto& [item, why] : result.failed)
        all += why + '\n';
    BOOST_TEST(has(all, "subject: no stream takes the subject nobody\n"), all);
    BOOST_TEST(has(all, "subject: is no name of a subject; "), all);
    BOOST_TEST(has(all, "to: is absent; a text or a number was expected\n"), all);
    BOOST_TEST(has(all, "meta: a is no header; "), all);
    BOOST_TEST(shared_nats().messages(stream).at(0).subject == stream + ".a");
    BOOST_TEST(has(why_away({{"subject", "nobody"}}), "no stream has the subject nobody"));
}

BOOST_AUTO_TEST_CASE(what_is_too_large_fails_and_a_stream_that_is_full_is_waited_for)
{
    const std::string stream = "full-" + fresh_nats_stream();
    shared_nats().make_stream(stream, R"(,"max_msg_size":1000,"max_msgs":2,"discard":"new")");
    auto result = publish(packets(body("1"), body(std::string(2000, 'x')),
                                  body(std::string(2'000'000, 'x')), body("4")),
                          {{"subject", stream}});
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST_REQUIRE(result.failed.size() == 2U);
    for (const auto& [item, why] : result.failed)
        BOOST_TEST((has(why, "exceeds") || has(why, "Payload")), why);
    BOOST_TEST(has(why_away({{"subject", stream}}), "none")); // by its id, it is there
    std::vector<packet> given;
    for (int n = 0; n < 5; ++n)
        given.push_back(body("x"));
    BOOST_CHECK_THROW((void)publish(std::move(given), {{"subject", stream}}),
                      penstock::unavailable);
}

BOOST_AUTO_TEST_SUITE_END()
