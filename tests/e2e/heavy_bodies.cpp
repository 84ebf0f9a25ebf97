// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Bodies that cost more than they weigh, and what the host does for others meanwhile.
#include "live_host.hpp"
#include "pulse.hpp"
#include "tests/sdk/equal_hashes.hpp"

#include "host/net/content/content_coding.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <random>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(heavy_bodies)

using namespace penstock::e2e;

namespace
{

constexpr std::size_t mib = 1'024 * 1'024;
constexpr std::string_view json_type = "application/json";

std::vector<std::string> reading_json(const scratch& home)
{
    const std::string text =
        graph("heavy", {{"read", "json/read"}, {"end", "debug/null"}}, {{"read.out", "end.in"}});
    return {home.write("g.json", text), "--lanes", "1"};
}

// The most that a process has held.
std::size_t peak_of(live_host& host)
{
    std::ifstream status("/proc/" + std::to_string(host.child().id()) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:"))
            return std::stoul(line.substr(6)) * 1'024;
    throw std::runtime_error("no VmHWM");
}

} // namespace

BOOST_AUTO_TEST_CASE(a_packed_body_of_many_values_costs_no_more_memory_than_one_document_may)
{
    // As compressible as is allowed: 100 to 1.
    std::string noise;
    std::mt19937 random(7);
    while (noise.size() < 800'000)
        noise += static_cast<char>('A' + random() % 26);
    std::string body = "{\"noise\":\"" + noise + "\",\"a\":[[]";
    while (body.size() < 44 * mib)
        body += ",[]";
    body += "]}";
    const scratch home;
    live_host host(home, reading_json(home));
    pulse heart(host.port());
    const response answer =
        host->post("/data?ack=processed&wait=60s", json_type, penstock::host::http::gzip(body),
                   {{"Content-Encoding", "gzip"}});
    BOOST_TEST(answer.status == 200U, answer.body);
    BOOST_TEST(has(answer.body, "too large"), answer.body);
    heart.must_have_been_steady();
    BOOST_TEST_MESSAGE("at most " << peak_of(host) / mib << " MiB");
    BOOST_TEST((is_sanitized || peak_of(host) < 800 * mib));
}

BOOST_AUTO_TEST_CASE(a_long_list_costs_the_memory_of_its_text)
{
    std::string body = "[{}";
    for (int n = 1; n < 300'000; ++n)
        body += ",{\"a\":[1,2,3,4,5,6,7,8,9,0]}";
    body += ']';
    const scratch home;
    live_host host(home, reading_json(home));
    pulse heart(host.port());
    const response answer = host->post("/data?ack=processed&wait=60s", json_type, body);
    BOOST_TEST(body_of(answer).at("delivered").to_number<int>() == 300'000);
    heart.must_have_been_steady();
    BOOST_TEST_MESSAGE("at most " << peak_of(host) / mib << " MiB");
    BOOST_TEST((is_sanitized || peak_of(host) < 200 * mib));
}

BOOST_AUTO_TEST_CASE(ten_thousand_parts_that_share_their_meta_cost_what_was_sent)
{
    std::string body;
    for (int n = 0; n < 10'000; ++n)
        body += "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n"
                "Content-Type: application/json\r\n\r\n{}\r\n";
    body += "--b--\r\n";
    const scratch home;
    live_host host(home, reading_json(home));
    pulse heart(host.port());
    for (int n = 0; n < 5; ++n)
    {
        const response answer =
            host->post("/data?ack=processed&wait=60s", "multipart/form-data; boundary=b", body,
                       {{"X-Meta-Long", std::string(7'000, 'x')}});
        BOOST_TEST((answer.status == 200U || answer.status == 413U), answer.status);
    }
    heart.must_have_been_steady();
    BOOST_TEST_MESSAGE("at most " << peak_of(host) / mib << " MiB");
    BOOST_TEST((is_sanitized || peak_of(host) < 200 * mib));
}

BOOST_AUTO_TEST_CASE(a_question_of_a_hundred_thousand_words_ends_in_time)
{
    const scratch home;
    const std::string index =
        graph("index",
              {{"read", "json/read"},
               {"index", "search/index", R"({"database": "d", "id": "/fields/id"})"}},
              {{"read.out", "index.in"}});
    const std::string ask =
        graph("ask",
              {{"read", "json/read"},
               {"query", "search/query", R"({"database": "d", "text": "/fields/q"})"},
               {"answer", "http/reply"}},
              {{"read.out", "query.in"}, {"query.out", "answer.in"}});
    live_host host(home, {home.write("index.json", index), home.write("ask.json", ask)});
    std::string documents;
    for (int n = 0; n < 2'000; ++n)
        documents += R"({"id": ")" + std::to_string(n) + R"(", "text": "a b a b a b a b"})" + "\n";
    BOOST_TEST(
        host->post("/graphs/index/data?ack=processed&wait=60s", "application/x-ndjson", documents)
            .status == 200U);
    std::string words;
    for (int n = 0; n < 100'000; ++n)
        words += R"(\"a b\" )";
    pulse heart(host.port());
    const auto begin = clock::now();
    const response answer = host->post("/graphs/ask/data?ack=processed&wait=60s", json_type,
                                       R"({"q": ")" + words + "\"}");
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST((is_sanitized || clock::now() - begin < std::chrono::seconds(20)));
    heart.must_have_been_steady();
}

BOOST_AUTO_TEST_CASE(bodies_that_take_the_room_of_all_keep_nobody_waiting)
{
    const scratch home;
    std::vector<std::string> arguments = reading_json(home);
    arguments.insert(arguments.end(), {"--bodies-limit", "4MiB"});
    live_host host(home, arguments);
    std::vector<raw_client> crowd;
    pulse heart(host.port());
    for (int n = 0; n < 100; ++n)
    {
        crowd.push_back(host.connect());
        crowd.back().send("POST /data HTTP/1.1\r\nHost: localhost\r\n"
                          "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n" +
                          std::string(50'000, ' '));
    }
    raw_client unasked = host.connect();
    BOOST_TEST(unasked
                   .ask("GET /livez HTTP/1.1\r\nHost: localhost\r\n"
                        "Content-Length: 1000000\r\n\r\n")
                   .status == 400U);
    for (int n = 0; n < 100; ++n)
        BOOST_TEST(host->ask("GET", "/livez").status == 200U);
    const response late = host->post("/data?ack=processed", json_type, "{}");
    BOOST_TEST((late.status == 200U || late.status == 503U), late.status);
    heart.must_have_been_steady();
}

BOOST_AUTO_TEST_CASE(keys_of_equal_hashes_hold_no_lane)
{
    const std::string crowded = penstock::tests::object_of_equal_hashes(65'536);
    std::string body = "[" + crowded;
    for (int n = 1; n < 8; ++n)
        body += "," + crowded;
    body += ']';
    const scratch home;
    live_host host(home, reading_json(home));
    pulse heart(host.port());
    const auto begin = clock::now();
    const response answer = host->post("/data?ack=processed&wait=60s", json_type, body);
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST((is_sanitized || clock::now() - begin < std::chrono::seconds(10)));
    heart.must_have_been_steady();
    std::string wide = "{\"0\":0";
    for (int n = 1; n < 1'000'000; ++n)
        wide += ",\"" + std::to_string(n) + "\":0";
    const response refused = host->post("/data", json_type, wide + '}');
    BOOST_TEST(refused.status == 400U);
    BOOST_TEST(has(refused.body, "at most 65536"));
}

BOOST_AUTO_TEST_SUITE_END()
