// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/cli/program.hpp"
#include "tests/plugins/curl/scripted_server.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <sstream>
#include <string>
#include <vector>

using namespace penstock::host::cli::testing;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace
{

// A graph whose packets come by themselves.
const char* const stream = R"({
  "penstock": 1,
  "name": "stream",
  "nodes": {
    "make": {"component": "debug/generate",
             "params": {"count": 0, "rate": 200, "packet": {"word": "hello"}}},
    "end": {"component": "debug/null"}
  },
  "edges": [{"from": "make.out", "to": "end.in"}]
})";

struct streaming_host
{
    scratch home;
    running host{home, {home.write("stream.json", stream), "--data", home.at("data")}};

    ended ask(std::vector<std::string> arguments)
    {
        arguments.insert(arguments.end(), {"--to", host.url()});
        return run(home, std::move(arguments));
    }
};

bool has(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(live_commands, streaming_host)

BOOST_AUTO_TEST_CASE(tap_shows_packets_as_they_pass_a_port)
{
    for (const char* port : {"make.out", "end.in"})
    {
        const ended shown = ask({"tap", port, "--count", "3"});
        BOOST_TEST(shown.code == 0);
        BOOST_TEST(has(shown.out, R"(make.out>end.in  {"fields":{"word":"hello"})"));
        BOOST_TEST(std::count(shown.out.begin(), shown.out.end(), '\n') == 3);
    }
}

BOOST_AUTO_TEST_CASE(tap_writes_a_line_of_json_for_each_packet)
{
    const ended shown = ask({"tap", "make.out", "--json", "--count", "2", "--graph", "stream"});
    BOOST_TEST(shown.code == 0);
    std::istringstream lines(shown.out);
    int number = 0;
    for (std::string line; std::getline(lines, line);)
    {
        const json::value message = penstock::parse_json(line);
        BOOST_TEST(message.at("edge").as_string() == "make.out>end.in");
        BOOST_TEST(message.at("seq") == ++number);
        BOOST_TEST(message.at("packet").at("fields").at("word").as_string() == "hello");
    }
    BOOST_TEST(number == 2);
}

BOOST_AUTO_TEST_CASE(tap_of_a_port_without_an_edge_names_those_there_are)
{
    const ended refused = ask({"tap", "make.nothing"});
    BOOST_TEST(refused.code == 1);
    BOOST_TEST(has(refused.err, "make.nothing: has no edge in stream; a port of make.out>end.in"));
    const ended wrong = ask({"tap", "make.out", "--rate", "0", "--count", "1"});
    BOOST_TEST(wrong.code == 1);
    BOOST_TEST(has(wrong.err, "rate"));
    BOOST_TEST(ask({"tap", "make.out", "--graph", "other"}).code == 1);
}

BOOST_AUTO_TEST_CASE(tap_ends_when_the_host_does)
{
    program tap(home, {"tap", "make.out", "--rate", "1", "--to", host.url()});
    tap.wait_for("were not shown");
    BOOST_TEST(host.stop().code == 0);
    const ended over = tap.wait();
    BOOST_TEST(over.code == 1);
    BOOST_TEST(has(over.err, "has ended the connection"));
}

BOOST_AUTO_TEST_CASE(top_shows_how_graphs_fare)
{
    const ended shown = ask({"top", "--once", "--interval", "200ms"});
    BOOST_TEST(shown.code == 0);
    BOOST_TEST(has(shown.out, "stream: running"));
    BOOST_TEST(has(shown.out, "make.out>end.in"));
    const ended lines = ask({"top", "stream", "--once", "--json", "--interval", "500ms"});
    BOOST_TEST(lines.code == 0);
    const json::value told = penstock::parse_json(lines.out);
    BOOST_TEST(told.at("graph").as_string() == "stream");
    BOOST_TEST(told.at("edges").at("make.out>end.in").at(0).to_number<double>() > 0);
}

BOOST_AUTO_TEST_CASE(top_of_several_hosts_names_them_and_shows_those_that_answer)
{
    const std::string away = "http://127.0.0.1:1";
    const ended shown = ask({"top", "--once", "--interval", "200ms", "--to", away});
    BOOST_TEST(shown.code == 0, shown.err);
    BOOST_TEST(has(shown.out, away + "  cannot be reached: "), shown.out);
    BOOST_TEST(has(shown.out, host.url() + "  stream: running"), shown.out);
    const ended lines = ask({"top", "--once", "--json", "--interval", "200ms", "--to", away});
    BOOST_TEST(has(lines.out, R"({"host":")" + away + R"(","error":")"), lines.out);
    BOOST_TEST(has(lines.out, R"("host":")" + host.url() + '"'), lines.out);
}

BOOST_AUTO_TEST_CASE(top_of_several_hosts_goes_on_though_one_hangs)
{
    const scripted_server hangs([](const received_request&)
                                { return scripted_answer{.hangs = true}; });
    const auto begun = std::chrono::steady_clock::now();
    const ended shown = ask({"top", "--once", "--interval", "200ms", "--to", hangs.url()});
    BOOST_TEST(shown.code == 0, shown.err);
    BOOST_TEST(has(shown.out, hangs.url() + "  cannot be reached: "), shown.out);
    BOOST_TEST(has(shown.out, host.url() + "  stream: running"), shown.out);
    BOOST_TEST((std::chrono::steady_clock::now() - begun < 30s)); // and not twice a minute
}

BOOST_AUTO_TEST_CASE(top_of_hosts_none_of_which_answers_fails)
{
    const ended shown = run(home, {"top", "--once", "--interval", "200ms", "--to",
                                   "http://127.0.0.1:1", "--to", "http://127.0.0.1:2"});
    BOOST_TEST(shown.code == 1);
    BOOST_TEST(has(shown.out, "http://127.0.0.1:2  cannot be reached: "), shown.out);
}

BOOST_AUTO_TEST_CASE(top_of_what_is_not_there_fails)
{
    BOOST_TEST(ask({"top", "other", "--once"}).code == 1);
    const ended wrong = ask({"top", "--interval", "soon"});
    BOOST_TEST(wrong.code == 2);
    BOOST_TEST(has(wrong.err, "--interval: \"soon\" does not fit"));
}

BOOST_AUTO_TEST_SUITE_END()
