// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

// MessagePack, as clients of logs send it in chunks.
BOOST_AUTO_TEST_SUITE(chunks)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

// Answers each packet, whether it came as JSON or as MessagePack.
std::string mirror()
{
    return graph("mirror",
                 {{"read", "json/read"}, {"chunks", "msgpack/read"}, {"answer", "http/reply"}},
                 {{"read.out", "answer.in"}, {"chunks.out", "answer.in"}});
}

constexpr std::string_view two_maps = "\x81\xa1\x61\x01\x81\xa1\x61\x02";

} // namespace

BOOST_AUTO_TEST_CASE(a_chunk_reaches_its_adapter_by_each_of_its_types)
{
    const scratch home;
    live_host host(home, {home.write("g.json", mirror())});
    for (const char* type :
         {"application/msgpack", "application/x-msgpack", "Application/VND.MsgPack; charset=utf-8"})
    {
        const response answer = host->post("/data/r/x?ack=processed", type, two_maps);
        BOOST_REQUIRE_MESSAGE(answer.status == 200, answer.body);
        const json::value body = body_of(answer);
        const json::array& packets = body.at("packets").as_array();
        BOOST_REQUIRE_EQUAL(packets.size(), 2);
        BOOST_TEST(packets[0].at("fields").at("a").as_int64() == 1);
        BOOST_TEST(packets[1].at("fields").at("a").as_int64() == 2);
        BOOST_TEST(text_of(packets[1].at("meta").at("id")) == "x.2");
    }
    BOOST_TEST(host->post("/data", "application/json", two_maps).status == 400U);
    BOOST_TEST(host->post("/data", "application/cbor", two_maps).status == 415U);
}

BOOST_AUTO_TEST_CASE(what_of_a_chunk_cannot_be_read_is_a_dead_letter_that_can_be_mended)
{
    const scratch home;
    live_host host(home, {home.write("g.json", mirror())});
    const std::string chunk = std::string(two_maps) + "\x81\x01\x01" + std::string(two_maps);
    const json::value counts =
        body_of(host->post("/data?ack=processed", "application/msgpack", chunk + "\x82"));
    BOOST_TEST(counts.at("delivered").as_int64() == 4);
    BOOST_TEST(counts.at("dead_count").as_int64() == 2);
    BOOST_TEST(has(text_of(counts.at("dead").at(0).at("reason")), "document 3, byte 1: a key"));
    BOOST_TEST(has(text_of(counts.at("dead").at(1).at("reason")), "document 6, byte 1: the bytes"));

    const json::value letters = host->get("/api/dead-letters");
    for (const json::value& each : letters.at("dead_letters").as_array())
    {
        const std::string target = "/api/dead-letters/" + text_of(each.at("id")) + "/replay";
        const response replayed = host->post(
            target, "application/json",
            R"({"from": "node", "packet": {"data": "gaFhAw==", "data_encoding": "base64"}})");
        BOOST_TEST(replayed.status == 202U, replayed.body);
    }
    host.settle("mirror");
    BOOST_TEST(host->get("/api/dead-letters").at("kept").as_int64() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
