// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/cli/graphs.hpp"
#include "tests/host/cli/program.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(records)

using namespace penstock::host::cli::testing;
namespace json = boost::json;

namespace
{

/// A host that has a dead letter.
struct host_with_a_dead_letter
{
    scratch home;
    running host{
        home,
        {home.write("g.json", marking_graph("g", "x", home.at("out"))), "--data", home.at("data")}};

    host_with_a_dead_letter()
    {
        const std::string file = home.write("in.ndjson", "{broken\n");
        BOOST_TEST(ask({"push", file, "--ack", "processed"}).code == 1);
    }

    ended ask(std::vector<std::string> arguments)
    {
        arguments.insert(arguments.end(), {"--to", host.url()});
        return run(home, std::move(arguments));
    }

    json::object dead_letter()
    {
        json::array list;
        for (int i = 0; i < 200 && list.empty(); ++i) // it is committed soon
            list = penstock::parse_json(ask({"dead", "list", "--json"}).out)
                       .at("dead_letters")
                       .as_array();
        return list.at(0).as_object();
    }
};

bool has(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_CASE(dead_letters_are_replayed_as_they_are_or_edited)
{
    host_with_a_dead_letter here;
    const std::string first(here.dead_letter().at("id").as_string());
    const ended again = here.ask({"dead", "replay", first});
    BOOST_TEST(again.code == 0, again.err);
    BOOST_TEST(here.ask({"dead", "show", first}).code == 1);
    const json::object dead_letter = here.dead_letter(); // it has died again
    const std::string second(dead_letter.at("id").as_string());

    json::object packet = dead_letter.at("packet").as_object();
    packet["data"] = "{\"id\": 1}";
    const std::string file = here.home.write("packet.json", penstock::write_json(packet));
    const ended mended = here.ask({"dead", "replay", second, "--packet", file, "--from", "start"});
    BOOST_TEST_REQUIRE(mended.code == 0, mended.err);
    const std::string receipt = mended.out.substr(0, mended.out.find('\n'));
    json::object fate;
    do
        fate = penstock::parse_json(here.ask({"receipt", receipt, "--json"}).out).as_object();
    while (fate.at("state") == "pending");
    BOOST_TEST(fate.at("delivered").to_number<int>() == 1);
    BOOST_TEST(here.ask({"dead", "list"}).out == "");
}

BOOST_AUTO_TEST_CASE(dead_letters_are_meant_by_ids_or_by_a_filter)
{
    host_with_a_dead_letter here;
    const std::string id(here.dead_letter().at("id").as_string());
    for (const char* verb : {"replay", "drop"})
    {
        BOOST_TEST(here.ask({"dead", verb}).code == 2);
        BOOST_TEST(here.ask({"dead", verb, id, "--all"}).code == 2);
    }
    BOOST_TEST(here.ask({"dead", "replay", "--all", "--packet", "x"}).code == 2);
    BOOST_TEST(here.ask({"dead", "replay", "--graph", "other"}).out == "0 replayed, 0 refused\n");
    BOOST_TEST(here.ask({"dead", "drop", "--node", "other"}).out == "0 dropped\n");
    BOOST_TEST(here.ask({"dead", "drop", "--graph", "g"}).out == "1 dropped\n");
    BOOST_TEST(here.ask({"dead", "list"}).out == "");
}

BOOST_AUTO_TEST_CASE(dead_letters_are_listed_shown_and_dropped)
{
    host_with_a_dead_letter here;
    const json::object dead_letter = here.dead_letter();
    const std::string id(dead_letter.at("id").as_string());

    const ended list = here.ask({"dead", "list"});
    BOOST_TEST(list.code == 0);
    BOOST_TEST(list.out.starts_with("id"), list.out);
    BOOST_TEST(has(list.out, id), list.out);
    BOOST_TEST(has(list.out, "source"), list.out);
    BOOST_TEST(here.ask({"dead", "list", "--graph", "other"}).out == "");

    const ended page = here.ask({"dead", "show", id});
    BOOST_TEST(page.code == 0);
    BOOST_TEST(has(page.out, std::string_view(dead_letter.at("reason").as_string())), page.out);

    BOOST_TEST(here.ask({"dead", "drop", id}).code == 0);
    BOOST_TEST(here.ask({"dead", "list"}).out == "");
    const ended gone = here.ask({"dead", "show", id});
    BOOST_TEST(gone.code == 1);
    BOOST_TEST(has(gone.err, "/api/dead-letters/" + id + ": 404 Not Found"), gone.err);
}

BOOST_AUTO_TEST_CASE(a_receipt_tells_the_fate_of_its_request)
{
    host_with_a_dead_letter here;
    const json::object dead_letter = here.dead_letter();
    const std::string id(dead_letter.at("receipts").as_array().at(0).as_string());
    const ended result = here.ask({"receipt", id});
    BOOST_TEST(result.code == 0, result.err);
    BOOST_TEST(has(result.out, id), result.out);
    BOOST_TEST(has(result.out, "done"), result.out);
    const json::value read = penstock::parse_json(here.ask({"receipt", id, "--json"}).out);
    BOOST_TEST(read.at("dead_count").to_number<int>() == 1);
}

BOOST_AUTO_TEST_CASE(an_unknown_receipt_is_a_failure)
{
    host_with_a_dead_letter here;
    const ended result = here.ask({"receipt", "nope"});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err.starts_with("/receipts/nope: 404 Not Found: "), result.err);
}

BOOST_AUTO_TEST_CASE(a_host_that_is_not_there_is_told)
{
    const scratch home;
    const ended result = run(home, {"dead", "list", "--to", "http://127.0.0.1:1"});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(has(result.err, "http://127.0.0.1:1: cannot be reached: "), result.err);
}

BOOST_AUTO_TEST_CASE(a_graph_is_drawn)
{
    const scratch home;
    const std::string file = home.write("g.json", marking_graph("g", "x", home.at("out")));
    BOOST_TEST(run(home, {"graph", file}).out.starts_with("digraph \"g\" {\n"));
    BOOST_TEST(run(home, {"graph", file, "--format", "mermaid"}).out.starts_with("flowchart LR\n"));
    BOOST_TEST(run(home, {"graph", home.write("bad.json", "{")}).code == 1);
}

BOOST_AUTO_TEST_SUITE_END()
