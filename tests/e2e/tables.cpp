// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

// Tables of text through the host: into rows, past a program, and back into a table.
BOOST_AUTO_TEST_SUITE(tables)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

// Reads rows, gives them to a program that cannot stand one of them, and writes them as JSON.
std::string graph_of_rows()
{
    return graph("rows",
                 {{"read", "csv/read"},
                  {"run", "exec/run",
                   R"({"command": ["sh", "-c", "while IFS= read -r line; do case $line in )"
                   R"(*poison*) kill -SEGV $$;; *) echo \"$line\";; esac; done"]})"},
                  {"write", "json/write", R"({"format": "array"})"},
                  {"answer", "http/reply"}},
                 {{"read.out", "run.in"}, {"run.out", "write.in"}, {"write.out", "answer.in"}});
}

std::string data_of(const json::value& answer)
{
    const json::array& packets = answer.at("packets").as_array();
    BOOST_TEST_REQUIRE(packets.size() == 1u);
    return text_of(packets[0].at("data"));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_table_reaches_its_adapter_by_each_of_its_types_and_encodings)
{
    const scratch home;
    live_host host(home, {home.write("g.json", graph_of_rows())});
    const auto answered = [&](const char* type, std::string_view table)
    { return data_of(body_of(host->post("/data/r/x?ack=processed", type, table))); };
    constexpr std::string_view expected =
        "[{\"a\":\"1\",\"b\":\"\xc3\xa4\"},{\"a\":\"2\",\"b\":\"\"}]";
    BOOST_TEST(answered("text/csv", "a,b\r\n1,\xc3\xa4\r\n2,\r\n") == expected);
    BOOST_TEST(answered("Text/CSV; charset=ISO-8859-1; header=present", "a,b\n1,\xe4\n2,") ==
               expected);
    BOOST_TEST(answered("text/tab-separated-values", "a\tb\n1\t\xc3\xa4\n2\t\n") == expected);
    BOOST_TEST(host->post("/data", "application/json", "{}").status == 415U);
}

BOOST_AUTO_TEST_CASE(a_bad_row_is_mended_and_replayed_and_a_row_that_crashes_a_program_costs_itself)
{
    const scratch home;
    live_host host(home, {home.write("g.json", graph_of_rows())});
    const json::value answer = body_of(
        host->post("/data/r/x?ack=processed", "text/csv", "a,b\n1,x\n2,\"y\n3,z\n4,poison\n5,v\n"));
    BOOST_TEST(data_of(answer) == R"([{"a":"1","b":"x"},{"a":"3","b":"z"},{"a":"5","b":"v"}])");
    BOOST_TEST(answer.at("dead_count").as_int64() == 2);

    bool is_crash_seen = false;
    const json::value letters = host->get("/api/dead-letters");
    for (const json::value& each : letters.at("dead_letters").as_array())
    {
        const std::string address = "/api/dead-letters/" + text_of(each.at("id"));
        const std::string reason = text_of(each.at("reason"));
        if (reason == "signal 11")
        {
            is_crash_seen = true;
            BOOST_TEST(text_of(each.at("node")) == "run");
            continue;
        }
        BOOST_TEST(reason.starts_with("row 2, line 3: column 2: "), reason);
        const response replayed =
            host->post(address + "/replay", "application/json",
                       R"({"from": "node", "packet": {"data": "a,b\n2,\"y\"\n",)"
                       R"( "meta": {"mimetype": "text/csv"}}})");
        BOOST_TEST(replayed.status == 202U, replayed.body);
    }
    BOOST_TEST(is_crash_seen);
    host.settle("rows");
    BOOST_TEST(host->get("/api/dead-letters").at("kept").as_int64() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
