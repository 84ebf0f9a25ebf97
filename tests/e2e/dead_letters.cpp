// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

// A host whose graph fails on documents with the field `bad`, and writes the others to a file.
struct fixture
{
    const scratch home;
    live_host host{
        home,
        {home.write("g.json", graph("mending",
                                    {{"read", "json/read"},
                                     {"check", "debug/fail", R"({"field": "bad"})"},
                                     {"write", "files/write",
                                      R"({"path": ")" + home.at("out.ndjson") + "\"}"}},
                                    {{"read.out", "check.in"}, {"check.out", "write.in"}}))}};

    json::object the_dead_letter()
    {
        json::array all;
        BOOST_REQUIRE(eventually([&] { return (all = dead_letters()).size() == 1; }));
        return all[0].as_object();
    }

    json::array dead_letters()
    {
        return host->get("/api/dead-letters").at("dead_letters").as_array();
    }

    response replay(const json::object& dead_letter, const json::object& how)
    {
        return host->post("/api/dead-letters/" + text_of(dead_letter.at("id")) + "/replay",
                          "application/json", penstock::write_json(how));
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(dead_letters, fixture)

BOOST_AUTO_TEST_CASE(a_packet_that_died_is_mended_replayed_and_delivered)
{
    BOOST_REQUIRE_EQUAL(host->post("/data?ack=processed", "application/x-ndjson",
                                   "{\"name\": \"one\"}\n{\"name\": \"two\", \"bad\": true}\n")
                            .status,
                        200);
    BOOST_TEST(read_file(home.at("out.ndjson")) == "{\"name\":\"one\"}\n");
    const json::object dead_letter = the_dead_letter();
    BOOST_TEST(text_of(dead_letter.at("node")) == "check");
    json::object packet = dead_letter.at("packet").as_object();
    packet.at("fields").as_object().erase("bad");

    const response answer = replay(dead_letter, {{"packet", packet}});
    BOOST_REQUIRE_EQUAL(answer.status, 202);
    BOOST_TEST(answer.headers.value("Penstock-Durability") == "durable");
    host.settle("mending");
    const json::value fate = host->get(answer.headers.value("Location"));
    BOOST_TEST(text_of(fate.at("state")) == "done");
    BOOST_TEST(fate.at("delivered").as_int64() == 1);
    BOOST_TEST(read_file(home.at("out.ndjson")) == "{\"name\":\"one\"}\n{\"name\":\"two\"}\n");
    BOOST_TEST(dead_letters().empty());
}

BOOST_AUTO_TEST_CASE(a_request_is_replayed_whole_from_the_start_once_the_graph_is_mended)
{
    BOOST_REQUIRE_EQUAL(
        host->post("/data?ack=processed", "application/json", R"({"name": "two", "bad": true})")
            .status,
        200);
    const std::string mended =
        graph("mending",
              {{"read", "json/read"},
               {"mend", "fields/delete", R"({"fields": ["bad"]})"},
               {"write", "files/write", R"({"path": ")" + home.at("out.ndjson") + "\"}"}},
              {{"read.out", "mend.in"}, {"mend.out", "write.in"}});
    BOOST_REQUIRE_EQUAL(host->post("/api/graphs/mending/deploy", "application/json", mended).status,
                        200);
    BOOST_TEST(replay(the_dead_letter(), {{"from", "node"}}).status == 409); // it is gone
    BOOST_REQUIRE_EQUAL(replay(the_dead_letter(), {{"from", "start"}}).status, 202);
    host.settle("mending");
    BOOST_TEST(read_file(home.at("out.ndjson")) == "{\"name\":\"two\"}\n");
    BOOST_TEST(dead_letters().empty());
}

BOOST_AUTO_TEST_SUITE_END()
