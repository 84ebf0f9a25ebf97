// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/replay.hpp"

#include "host/engine/receipt.hpp"

#include <penstock/detail/packet_access.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>

BOOST_AUTO_TEST_SUITE(a_replay)

using namespace penstock;
using namespace penstock::host;

namespace
{

constexpr packet_id request_id{1, 2};

dead_letter of_a_packet()
{
    packet failed;
    failed.set("text", "bad");
    failed.set_meta("mimetype", "text/plain");
    detail::packet_access::set_id(failed, packet_id{3, 4});
    dead_letter made;
    made.id = "7";
    made.graph = "g";
    made.node = "picky";
    made.port = 1;
    made.packet = to_json(failed);
    return made;
}

// Two packets with data, as they came.
journal_entry of_a_request()
{
    entry request;
    for (const char* data : {"one", "two"})
    {
        packet content;
        content.set_data(bytes(std::string(data)));
        request.packets.push_back({std::move(content), "text/plain"});
    }
    request.key = "k";
    request.bytes = 100;
    journal_entry kept = *to_journal_entry(request, "g");
    kept.id = request_id;
    return kept;
}

// What the journal would give back.
std::unique_ptr<entry> kept_and_read(const entry& of)
{
    return to_entry(*to_journal_entry(of, "g"));
}

} // namespace

BOOST_AUTO_TEST_CASE(goes_to_the_node_that_failed_with_the_packet_and_its_id)
{
    const auto made = make_replay(of_a_packet(), replay_from::node, nullptr, of_a_request());
    BOOST_TEST_REQUIRE(made.has_value());
    const auto read = kept_and_read(**made);
    BOOST_TEST(read->node == "picky");
    BOOST_TEST(read->port == 1U);
    BOOST_TEST(read->key == "k");
    BOOST_TEST_REQUIRE(read->packets.size() == 1U);
    BOOST_TEST(read->packets[0].content.text("text") == "bad");
    identify(*read, std::make_shared<receipt>(issue{9, packet_id{9, 9}}, "g"));
    BOOST_TEST((read->packets[0].content.id() == packet_id{3, 4}));
    BOOST_TEST((read->id == packet_id{9, 9}));
}

BOOST_AUTO_TEST_CASE(takes_an_edited_packet_in_place_of_the_one_that_failed)
{
    const json::object edited{{"fields", {{"text", "good"}}}, {"meta", {{"mimetype", "a/b"}}}};
    for (const replay_from from : {replay_from::node, replay_from::start})
    {
        const auto made = make_replay(of_a_packet(), from, &edited, of_a_request());
        BOOST_TEST_REQUIRE(made.has_value());
        const auto read = kept_and_read(**made);
        BOOST_TEST(read->node == (from == replay_from::node ? "picky" : ""));
        BOOST_TEST_REQUIRE(read->packets.size() == 1U);
        BOOST_TEST(read->packets[0].content.text("text") == "good");
        BOOST_TEST(read->packets[0].media == "a/b");
        BOOST_TEST((read->packets[0].content.id() == packet_id{3, 4}));
    }
}

BOOST_AUTO_TEST_CASE(from_the_start_is_the_whole_request_with_the_ids_it_gave)
{
    const auto made = make_replay(of_a_packet(), replay_from::start, nullptr, of_a_request());
    BOOST_TEST_REQUIRE(made.has_value());
    const auto read = kept_and_read(**made);
    BOOST_TEST(read->node == "");
    BOOST_TEST_REQUIRE(read->packets.size() == 2U);
    BOOST_TEST(read->packets[1].content.data().view() == "two");
    for (std::size_t i = 0; i < 2; ++i)
        BOOST_TEST(
            (read->packets[i].content.id() == detail::packet_access::child_id(request_id, 0, i)));
}

BOOST_AUTO_TEST_CASE(of_a_packet_that_no_adapter_took_enters_at_the_adapters_alone)
{
    dead_letter of_none = of_a_packet();
    of_none.node.clear();
    for (const replay_from from : {replay_from::node, replay_from::start})
    {
        const auto made = make_replay(of_none, from, nullptr, of_a_request());
        BOOST_TEST_REQUIRE(made.has_value());
        BOOST_TEST((*made)->node == "");
        BOOST_TEST_REQUIRE((*made)->packets.size() == 1U);
        BOOST_TEST((*made)->packets[0].media == "text/plain");
        BOOST_TEST((*made)->packets[0].content.text("text") == "bad");
    }
}

BOOST_AUTO_TEST_CASE(a_media_type_comes_back_as_it_is_whatever_a_component_made_of_it)
{
    for (const char* media :
         {"text/plain", "", "a \"type\"", "back\\slash", "line\nend", "t\xc3\xbcp"})
    {
        entry request;
        request.packets.push_back({packet(), media});
        BOOST_TEST(kept_and_read(request)->packets.front().media == media);
    }
}

BOOST_AUTO_TEST_CASE(says_why_it_cannot_be)
{
    BOOST_TEST(make_replay(of_a_packet(), replay_from::start, nullptr, std::nullopt).has_error());
    const auto at_node = make_replay(of_a_packet(), replay_from::node, nullptr, std::nullopt);
    BOOST_TEST(
        make_replay(of_a_packet(), replay_from::start, nullptr, *to_journal_entry(**at_node, "g"))
            .has_error());
    dead_letter of_none = of_a_packet();
    of_none.node.clear();
    of_none.packet = {}; // of a request that could not be read
    BOOST_TEST(make_replay(of_none, replay_from::node, nullptr, std::nullopt).has_error());
    const json::object wrong{{"feelds", json::object()}};
    const auto unread = make_replay(of_a_packet(), replay_from::node, &wrong, std::nullopt);
    BOOST_TEST(to_string(unread.error()).starts_with("/packet: /feelds: unknown part"));
}

BOOST_AUTO_TEST_SUITE_END()
