// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/dead_letter_routes.hpp"

#include "host/journal/sqlite/sqlite_journal.hpp"
#include "tests/host/api/test_host.hpp"
#include "tests/host/journal/journals.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <future>
#include <set>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(dead_letter_routes)

using namespace penstock::host::http::testing;
using namespace std::chrono_literals;
namespace host = penstock::host;
namespace http = penstock::host::http;
namespace json = penstock::json;

namespace
{

using steady = std::chrono::steady_clock;

void kill_packets(host::journal& journal, int count, std::size_t bytes)
{
    for (int n = 0; n < count; ++n)
    {
        host::dead_letter one = host::testing::a_dead_letter();
        one.packet = {{"fields", {{"text", std::string(bytes, 'x')}}}};
        journal.dead(std::move(one));
    }
    journal.flush();
}

/// The middle of the times that `/livez` took to answer while a job was done.
steady::duration livez_during(test_host& host, const std::function<void()>& job)
{
    std::vector<steady::duration> times;
    const auto done = std::async(std::launch::async, job);
    do
    {
        const auto begin = steady::now();
        BOOST_TEST(host.send("GET", "/livez").status == 200U);
        times.push_back(steady::now() - begin);
    } while (done.wait_for(1ms) != std::future_status::ready);
    std::ranges::sort(times);
    return times[times.size() / 2];
}

} // namespace

BOOST_AUTO_TEST_CASE(a_list_of_large_letters_leaves_their_packets_out_and_keeps_nobody_waiting)
{
    constexpr std::size_t large = std::size_t{1} << 20;
    const host::testing::scratch folder(host::testing::in_memory());
    host::sqlite_journal on_disk(folder.options());
    host::memory_journal in_memory;
    for (host::journal* journal :
         {static_cast<host::journal*>(&on_disk), static_cast<host::journal*>(&in_memory)})
    {
        test_host host(*journal);
        kill_packets(*journal, 50, large);
        http::response listed;
        const auto livez =
            livez_during(host, [&] { listed = host.send("GET", "/api/dead-letters?limit=50"); });
        BOOST_TEST((livez <= 50ms));
        BOOST_TEST(listed.status == 200U);
        BOOST_TEST(listed.body.size() < 50'000U);
        const json::value body = body_of(listed);
        const json::array& letters = body.at("dead_letters").as_array();
        BOOST_TEST_REQUIRE(letters.size() == 50U);
        BOOST_TEST(!letters[0].as_object().contains("packet"));
        BOOST_TEST(letters[0].at("left_out_bytes").to_number<std::size_t>() > large);
        const std::string id(letters[0].at("id").as_string());
        const http::response whole = host.send("GET", "/api/dead-letters/" + id);
        BOOST_TEST(body_of(whole).at("packet").at("fields").at("text").as_string().size() == large);
        const auto dropped = host.send("DELETE", "/api/dead-letters?all=true");
        BOOST_TEST(body_of(dropped).at("dropped").to_number<int>() == 50);
    }
}

BOOST_AUTO_TEST_CASE(a_list_names_the_files_of_letters_whose_packets_it_leaves_out)
{
    const host::testing::scratch folder(host::testing::in_memory());
    host::sqlite_journal on_disk(folder.options());
    host::memory_journal in_memory;
    for (host::journal* journal :
         {static_cast<host::journal*>(&on_disk), static_cast<host::journal*>(&in_memory)})
    {
        test_host host(*journal);
        host::dead_letter one = host::testing::a_dead_letter();
        one.packet = {
            {"fields", {{"a", "}\"{"}}},
            {"meta", {{"path", "/a/b.pdf"}, {"size", 7}, {"long", std::string(2000, 'x')}}},
            {"data", std::string(100'000, 'x')}};
        journal->dead(std::move(one));
        journal->flush();
        const json::value body = body_of(host.send("GET", "/api/dead-letters"));
        const json::object& letter = body.at("dead_letters").at(0).as_object();
        BOOST_TEST(letter.contains("left_out_bytes"));
        BOOST_TEST(penstock::write_json(letter.at("meta")) == R"({"path":"/a/b.pdf"})");
    }
}

BOOST_AUTO_TEST_CASE(a_list_ends_at_four_mebibytes_and_goes_on_behind_its_last_letter)
{
    const host::testing::scratch folder(host::testing::in_memory());
    host::sqlite_journal journal(folder.options());
    test_host host(journal);
    kill_packets(journal, 600, 10'000);
    std::set<std::string> ids;
    std::string before;
    int pages = 0;
    for (bool goes_on = true; goes_on; ++pages)
    {
        const auto listed = host.send("GET", "/api/dead-letters?limit=1000&before=" + before);
        BOOST_TEST(listed.body.size() < std::size_t{5} << 20);
        const json::value body = body_of(listed);
        const json::array& letters = body.at("dead_letters").as_array();
        for (const json::value& each : letters)
            ids.emplace(each.at("id").as_string());
        goes_on = !letters.empty();
        if (goes_on)
            before = letters.back().at("id").as_string();
    }
    BOOST_TEST(ids.size() == 600U);
    BOOST_TEST(pages == 3); // two that are filled in part, and an empty one
}

BOOST_AUTO_TEST_CASE(a_graph_without_room_for_dead_letters_answers_503_with_the_cause)
{
    host::engine_options small;
    small.pending.dead_letters = 100;
    test_host host(small);
    host.deploy("g", {"read", "take"});
    const fields plain{{"Content-Type", "text/plain"}};
    BOOST_TEST(host.send("POST", "/data", "x", plain).status == 202U);
    kill_packets(host.journal, 1, 1'000);
    const http::response refused = host.send("POST", "/data", "x", plain);
    BOOST_TEST(refused.status == 503U);
    BOOST_TEST(refused.body.find("takes in nothing since") != std::string::npos, refused.body);
    const http::response ready = host.send("GET", "/readyz");
    BOOST_TEST(ready.status == 503U);
    BOOST_TEST(body_of(ready).at("causes").at(0).at("cause") == "dead letters");
    BOOST_TEST(host.send("DELETE", "/api/dead-letters?all=true").status == 200U);
    BOOST_TEST(host.send("POST", "/data", "x", plain).status == 202U);
    BOOST_TEST(host.send("GET", "/readyz").status == 200U);
}

BOOST_AUTO_TEST_SUITE_END()
