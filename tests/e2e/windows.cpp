// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include <signal.h>

// Windows of time over hosts that are killed.
BOOST_AUTO_TEST_SUITE(windows)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

constexpr int requests_of_a_host = 50;
constexpr int hosts = 4;

std::string counting(const scratch& home)
{
    return R"({"penstock": 1, "name": "counting", "lanes": 1, "nodes": {
        "read": {"component": "json/read"},
        "window": {"component": "route/window",
                   "params": {"size": "1s", "time": "t", "lateness": "2s",
                              "aggregates": {"sum": {"sum": "n"}}}},
        "write": {"component": "files/write", "params": {"path": ")" +
           home.at("counts.ndjson") + R"("}},
        "late": {"component": "files/write", "params": {"path": ")" +
           home.at("late.ndjson") + R"("}}},
      "edges": [{"from": "read.out", "to": "window.in"}, {"from": "window.out", "to": "write.in"},
                {"from": "window.late", "to": "late.in"}]})";
}

struct totals
{
    std::int64_t count = 0;
    std::int64_t sum = 0;

    friend auto operator<=>(const totals&, const totals&) = default;
};

// A request has a packet in a window, and one in the next, so that one of the two may be closed when
// the host is killed.
std::string request(int number)
{
    const double time = number * 0.25;
    return penstock::write_json(json::array{json::object{{"t", time}, {"n", number}},
                                            json::object{{"t", time + 1}, {"n", number}}});
}

std::map<std::int64_t, totals> expected()
{
    std::map<std::int64_t, totals> windows;
    for (int number = 0; number < hosts * requests_of_a_host; ++number)
        for (const int window : {number / 4, number / 4 + 1})
        {
            ++windows[window].count;
            windows[window].sum += number;
        }
    return windows;
}

// All that was ever told of a window, by its number.
std::map<std::int64_t, std::set<totals>> told(const std::string& file)
{
    std::map<std::int64_t, std::set<totals>> windows;
    std::istringstream lines(read_file(file));
    for (std::string line; std::getline(lines, line);)
    {
        const json::object fields = penstock::parse_json(line).as_object();
        const std::string start = text_of(fields.at("window_start")); // 1970-01-01T00:mm:ssZ
        windows[std::stoi(start.substr(14, 2)) * 60 + std::stoi(start.substr(17, 2))].insert(
            {fields.at("count").as_int64(), fields.at("sum").as_int64()});
    }
    return windows;
}

} // namespace

BOOST_AUTO_TEST_CASE(hosts_that_are_killed_lose_and_double_nothing)
{
    const scratch home;
    const std::string file = home.write("g.json", counting(home));
    int number = 0;
    for (int n = 0; n < hosts; ++n)
    {
        live_host host(home, {file});
        for (int i = 0; i < requests_of_a_host; ++i)
            BOOST_REQUIRE_EQUAL(host->post("/data", "application/json", request(number++)).status,
                                202U);
        if (n + 1 == hosts)
        {
            host.settle("counting");
            BOOST_TEST(host.stop().code == 0);
            break;
        }
        host.child().signal(SIGKILL);
        BOOST_TEST(host.child().wait().code == 128 + SIGKILL);
    }
    const std::map<std::int64_t, std::set<totals>> found = told(home.at("counts.ndjson"));
    BOOST_TEST(found.size() == expected().size());
    for (const auto& [window, right] : expected())
    {
        BOOST_TEST_REQUIRE(found.contains(window), window);
        BOOST_TEST((found.at(window) == std::set<totals>{right}), window);
    }
    BOOST_TEST(read_file(home.at("late.ndjson")).empty());
}

BOOST_AUTO_TEST_SUITE_END()
