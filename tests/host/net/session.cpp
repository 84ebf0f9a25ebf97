// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "ambiguous_heads.hpp"
#include "host/net/content/content_coding.hpp"
#include "wire.hpp"

#include <boost/assert.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(session)

using namespace penstock::host::http::testing;
namespace http = penstock::host::http;

BOOST_AUTO_TEST_CASE(a_request_is_answered)
{
    const running_server running;
    const auto got = running.client().ask(post("/data?ack=memory", "hello"));
    BOOST_TEST(got.status == 200U);
    BOOST_TEST(got.body == "POST /data?ack=memory\nhello");
    BOOST_TEST(got.has("Content-Type: text/plain"));
}

BOOST_AUTO_TEST_CASE(a_connection_serves_many_requests)
{
    const running_server running;
    auto client = running.client();
    for (int i = 0; i < 100; ++i)
    {
        const auto target = "/" + std::to_string(i);
        BOOST_TEST(client.ask(post(target, "x")).body == "POST " + target + "\nx");
    }
    BOOST_TEST(running.serves.connections() == 1U);
}

BOOST_AUTO_TEST_CASE(pipelined_requests_are_answered_in_order)
{
    running_server running;
    std::vector<std::jthread> answering;
    running.routes.on_request = [&](http::request received, http::reply answer)
    {
        answering.emplace_back([target = received.target, answer = std::move(answer)]
                               { answer(http::response::json(200, target)); });
    };
    auto client = running.client();
    std::string all;
    for (int i = 0; i < 50; ++i)
    {
        all += post("/" + std::to_string(i), std::string(static_cast<std::size_t>(i) * 100, 'x'));
    }
    BOOST_TEST(client.send(all));
    for (int i = 0; i < 50; ++i)
    {
        BOOST_TEST(client.read_answer().body == "/" + std::to_string(i));
    }
    BOOST_TEST(running.serves.stop(clock::now() + patience));
}

BOOST_AUTO_TEST_CASE(a_request_may_come_in_single_bytes)
{
    const running_server running;
    auto client = running.client();
    const std::string request = "POST /slow HTTP/1.1\r\nHost: localhost\r\n"
                                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    for (const char c : request)
    {
        BOOST_TEST(client.send({&c, 1}));
    }
    BOOST_TEST(client.read_answer().body == "POST /slow\nhello");
}

BOOST_AUTO_TEST_CASE(a_large_body_arrives_whole)
{
    const running_server running;
    std::string body(5'000'000, '\0');
    for (std::size_t i = 0; i < body.size(); ++i)
    {
        body[i] = static_cast<char>(i * 7919 >> 8);
    }
    auto client = running.client();
    BOOST_TEST((client.ask(post("/", body)).body == "POST /\n" + body));

    std::string chunks;
    for (std::size_t at = 0; at < body.size(); at += 70'000)
    {
        const auto piece = body.substr(at, 70'000);
        char size[16];
        std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
        chunks += size + piece + "\r\n";
    }
    const auto got = client.ask("POST / HTTP/1.1\r\nHost: localhost\r\n"
                                "Transfer-Encoding: chunked\r\n\r\n" +
                                chunks + "0\r\n\r\n");
    BOOST_TEST((got.body == "POST /\n" + body));
}

BOOST_AUTO_TEST_CASE(head_gets_the_header_of_get)
{
    const running_server running;
    auto client = running.client();
    client.send("HEAD /x HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("/y"));
    const auto head = client.read_answer(true);
    BOOST_TEST(head.status == 200U);
    BOOST_TEST(head.has("Content-Length: 7"));
    BOOST_TEST(client.read_answer().body == "GET /y\n");
}

BOOST_AUTO_TEST_CASE(the_old_version_is_closed_after_its_answer)
{
    const running_server running;
    auto client = running.client();
    client.send("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n" + get("/after"));
    const auto all = client.read_to_end();
    BOOST_REQUIRE(all.has_value());
    BOOST_TEST(all->find("GET /\n") != std::string::npos);
    BOOST_TEST(running.routes.requests == 1);
}

BOOST_AUTO_TEST_CASE(close_is_honoured)
{
    const running_server running;
    auto client = running.client();
    client.send(get("/", "Connection: close\r\n"));
    BOOST_TEST(client.read_answer().has("Connection: close"));
    BOOST_TEST(client.read_to_end().has_value());
}

BOOST_AUTO_TEST_CASE(continue_is_said_once_the_head_is_agreed)
{
    const running_server running;
    auto client = running.client();
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
                "Expect: 100-continue\r\n\r\n");
    BOOST_TEST(client.read_answer().status == 100U);
    BOOST_TEST(running.routes.heads == 1);
    BOOST_TEST(running.routes.requests == 0);
    BOOST_TEST(client.ask("hello").body == "POST /\nhello");
}

BOOST_AUTO_TEST_CASE(continue_is_not_said_to_a_refused_head)
{
    running_server running;
    running.routes.on_head = [](const http::request&)
    { return http::response::problem(415, {}, "no"); };
    auto client = running.client();
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
                "Expect: 100-continue\r\n\r\n");
    BOOST_TEST(client.read_answer().status == 415U);
    client.half_close();
    BOOST_TEST(client.read_to_end().value() == "");
    BOOST_TEST(running.routes.requests == 0);
}

BOOST_AUTO_TEST_CASE(a_refused_short_body_leaves_the_connection_usable)
{
    running_server running;
    running.routes.on_head = [](const http::request& head) -> std::optional<http::response>
    {
        if (head.target == "/no")
        {
            return http::response::problem(404, {}, "no");
        }
        return std::nullopt;
    };
    auto client = running.client();
    client.send(post("/no", std::string(5000, 'x')) + get("/no") + get("/yes"));
    BOOST_TEST(client.read_answer().status == 404U);
    BOOST_TEST(client.read_answer().status == 404U);
    BOOST_TEST(client.read_answer().body == "GET /yes\n");
}

BOOST_AUTO_TEST_CASE(a_body_too_large_is_refused_early_and_the_answer_is_readable)
{
    const running_server running;
    auto client = running.client();
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000000\r\n\r\n");
    BOOST_TEST(client.send(std::string(3 * http::limits::mib, 'x')));
    const auto got = client.read_answer();
    BOOST_TEST(got.status == 413U);
    BOOST_TEST(got.has("Content-Type: application/problem+json"));
    BOOST_TEST(got.has("Connection: close"));
    BOOST_TEST(running.routes.requests == 0);
    BOOST_TEST(client.read_to_end().has_value());
}

BOOST_AUTO_TEST_CASE(chunks_too_large_are_refused_and_the_answer_is_readable)
{
    http::server::settings tight;
    tight.bounds.body = 1000;
    const running_server running{tight};
    auto client = running.client();
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 100; ++i)
    {
        client.send("64\r\n" + std::string(100, 'x') + "\r\n");
    }
    BOOST_TEST(client.read_answer().status == 413U);
    BOOST_TEST(running.routes.requests == 0);
}

BOOST_AUTO_TEST_CASE(a_client_that_never_stops_sending_is_cut_off)
{
    http::server::settings quick;
    quick.bounds.discard = 256 * http::limits::kib;
    const running_server running{quick};
    auto client = running.client();
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000000\r\n\r\n");
    const std::string block(64 * http::limits::kib, 'x');
    const auto deadline = clock::now() + patience;
    bool taken = true;
    while (taken && clock::now() < deadline)
    {
        taken = client.send(block);
    }
    BOOST_TEST(!taken);
    BOOST_TEST(eventually([&] { return running.serves.connections() == 0; }));
}

BOOST_AUTO_TEST_CASE(no_ambiguous_head_is_answered_with_anything_but_its_refusal)
{
    running_server running;
    for (const auto& bad : ambiguous_heads())
    {
        BOOST_TEST_CONTEXT(bad.what)
        {
            auto client = running.client();
            client.send(bad.head + get("/smuggled"));
            const auto refused = client.read_answer();
            BOOST_TEST(refused.status == bad.status);
            BOOST_TEST(refused.has("Connection: close"));
            client.half_close();
            BOOST_TEST(client.read_to_end().value() == "");
        }
    }
    BOOST_TEST(running.routes.heads == 0);
    BOOST_TEST(running.routes.requests == 0);
    BOOST_TEST(running.alive());
}

BOOST_AUTO_TEST_CASE(nothing_behind_bad_chunks_is_answered)
{
    const running_server running;
    for (const std::string bad :
         {"5\nhello\r\n0\r\n\r\n", "5\r\nhelloX\r\n0\r\n\r\n", "0\r\nX y\r\n\r\n", "0\r\n\n",
          "5;a\nb\r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n"})
    {
        BOOST_TEST_CONTEXT(bad)
        {
            auto client = running.client();
            client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" +
                        bad + get("/smuggled"));
            BOOST_TEST(client.read_answer().status == 400U);
            client.half_close();
            BOOST_TEST(client.read_to_end().value() == "");
        }
    }
    auto client = running.client();
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5;" +
                std::string(20'000, 'a'));
    BOOST_TEST(client.read_answer().status == 400U);
    BOOST_TEST(running.routes.requests == 0);
}

BOOST_AUTO_TEST_CASE(trailers_are_passed_over_and_the_next_request_is_answered)
{
    const running_server running;
    auto client = running.client();
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                "2\r\nhi\r\n0\r\nX-Sum: " +
                std::string(1'000, '1') + "\r\nHost: evil.example\r\n\r\n" + get("/next"));
    BOOST_TEST(client.read_answer().body == "POST /\nhi");
    BOOST_TEST(client.read_answer().body == "GET /next\n");
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                "0\r\nX-Sum: " +
                std::string(9'000, '1'));
    BOOST_TEST(client.read_answer().status == 400U);
}

BOOST_AUTO_TEST_CASE(one_empty_line_before_a_request_is_passed_over)
{
    const running_server running;
    auto client = running.client();
    BOOST_TEST(client.ask("\r\n" + get("/a")).body == "GET /a\n");
    client.send("\r");
    client.send("\n" + post("/b", "x") + "\r\n" + get("/c"));
    BOOST_TEST(client.read_answer().body == "POST /b\nx");
    BOOST_TEST(client.read_answer().body == "GET /c\n");
}

BOOST_AUTO_TEST_CASE(a_client_that_sends_all_of_a_body_that_is_too_long_reads_its_refusal)
{
    const running_server running;
    const std::string piece(1'000'000, 'x');
    for (const char* const framing :
         {"Content-Length: 60000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n3938700\r\n"})
    {
        auto client = running.client();
        client.send(std::string{"POST / HTTP/1.1\r\nHost: localhost\r\n"} + framing);
        for (int sent = 0; sent < 60; ++sent)
        {
            BOOST_REQUIRE(client.send(piece));
        }
        BOOST_TEST(client.read_answer().status == 413U);
    }
}

BOOST_AUTO_TEST_CASE(who_goes_on_sending_after_a_refusal_is_cut_off_in_the_end)
{
    auto bounds = quick_limits();
    bounds.body = 1'000;
    bounds.linger_time = std::chrono::milliseconds{300};
    const running_server running{{.bounds = bounds}};
    auto client = running.client();
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n");
    const auto begin = clock::now();
    while (client.send("x") && clock::now() < begin + patience)
    {
        ::poll(nullptr, 0, 10);
    }
    BOOST_TEST((clock::now() - begin < std::chrono::seconds{5}));
}

BOOST_AUTO_TEST_CASE(foreign_hosts_and_origins_are_refused)
{
    const running_server running;
    auto client = running.client();
    BOOST_TEST(client.ask("GET / HTTP/1.1\r\nHost: evil.example.org\r\n\r\n").status == 403U);
    BOOST_TEST(client.ask(post("/", "x", "Origin: http://evil.example.org\r\n")).status == 403U);
    BOOST_TEST(running.routes.heads == 0);
    const auto own = "Origin: http://localhost:" + std::to_string(running.port) + "\r\n";
    const auto host = "localhost:" + std::to_string(running.port);
    BOOST_TEST(
        client.ask("POST / HTTP/1.1\r\nHost: " + host + "\r\n" + own + "Content-Length: 1\r\n\r\nx")
            .status == 200U);
}

BOOST_AUTO_TEST_CASE(what_is_for_anybody_is_answered_whatever_host_is_named)
{
    running_server running;
    running.routes.for_anybody = "/livez";
    running.routes.on_request = [](const http::request& asked, const http::reply& answer)
    { answer(http::response::json(200, asked.is_foreign ? "foreign" : "own")); };
    auto client = running.client();
    BOOST_TEST(client.ask(get("/livez")).body == "own");
    BOOST_TEST(client.ask("GET /livez HTTP/1.1\r\nHost: 10.1.2.3\r\n\r\n").body == "foreign");
    BOOST_TEST(client.ask("GET /other HTTP/1.1\r\nHost: 10.1.2.3\r\n\r\n").status == 403U);
    BOOST_TEST(client.ask("GET /livez HTTP/1.0\r\n\r\n").body == "foreign");
    BOOST_TEST(running.client().ask("GET /other HTTP/1.0\r\n\r\n").status == 403U);
}

BOOST_AUTO_TEST_CASE(long_answers_are_compressed_only_for_those_who_ask)
{
    running_server running;
    const std::string text(100'000, 'a');
    running.routes.on_request = [&](const http::request&, const http::reply& answer)
    { answer(http::response::json(200, text)); };
    auto client = running.client();
    const auto packed = client.ask(get("/", "Accept-Encoding: gzip\r\n"));
    BOOST_TEST(packed.has("Content-Encoding: gzip"));
    BOOST_TEST((*http::decode_content("gzip", packed.body, {.ratio_free = 200'000}) == text));
    BOOST_TEST((client.ask(get("/")).body == text));
    BOOST_TEST((client.ask(get("/", "Accept-Encoding: gzip;q=0\r\n")).body == text));
}

BOOST_AUTO_TEST_CASE(an_answer_may_come_later_and_from_elsewhere)
{
    running_server running;
    std::atomic<bool> held = false;
    http::reply kept;
    running.routes.on_request = [&](const http::request&, http::reply answer)
    {
        kept = std::move(answer);
        held = true;
    };
    auto client = running.client();
    client.send(get("/"));
    BOOST_REQUIRE(eventually([&] { return held.load(); }));
    running.routes.on_request = nullptr;
    BOOST_TEST(running.alive());
    kept(http::response::json(200, "1"));
    kept(http::response::json(200, "2"));
    BOOST_TEST(client.read_answer().body == "1");
    BOOST_TEST(client.ask(get("/")).body == "GET /\n");
}

BOOST_AUTO_TEST_CASE(a_forgotten_answer_is_a_500)
{
    running_server running;
    running.routes.on_request = [](const http::request&, const http::reply&) {};
    BOOST_TEST(running.client().ask(get("/")).status == 500U);
}

BOOST_AUTO_TEST_CASE(an_exception_of_a_route_is_a_500_that_tells_nothing)
{
    std::string heard;
    running_server running{{.report = [&](std::string_view text) { heard += text; }}};
    running.routes.on_request = [](const http::request&, const http::reply&)
    { throw std::runtime_error{"secret"}; };
    auto client = running.client();
    const auto got = client.ask(get("/"));
    BOOST_TEST(got.status == 500U);
    BOOST_TEST(got.body.find("secret") == std::string::npos);
    running.routes.on_head = [](const http::request&) -> std::optional<http::response>
    { throw std::runtime_error{"secret"}; };
    BOOST_TEST(client.ask(get("/")).status == 500U);
    BOOST_TEST(running.serves.stop(clock::now() + patience));
    BOOST_TEST(heard == "secretsecret");
}

BOOST_AUTO_TEST_CASE(a_failed_assertion_of_a_library_is_a_500_and_the_server_goes_on)
{
    std::string heard;
    running_server running{{.report = [&](std::string_view text) { heard += text; }}};
    running.routes.on_request = [](const http::request& asked, const http::reply& answer)
    {
        BOOST_ASSERT(asked.target == "/good");
        answer(http::response::json(200, "{}"));
    };
    auto client = running.client();
    BOOST_TEST(client.ask(get("/bad")).status == 500U);
    BOOST_TEST(client.ask(get("/good")).status == 200U);
    BOOST_TEST(running.serves.stop(clock::now() + patience));
    BOOST_TEST(heard.find("asked.target == \"/good\"") != std::string::npos, heard);
}

BOOST_AUTO_TEST_CASE(an_idle_connection_is_closed)
{
    const running_server running{{.bounds = quick_limits()}};
    auto fresh = running.client();
    auto used = running.client();
    BOOST_TEST(used.ask(get("/")).status == 200U);
    BOOST_TEST(fresh.read_to_end().value() == "");
    BOOST_TEST(used.read_to_end().value() == "");
}

BOOST_AUTO_TEST_CASE(a_slow_header_is_told_so)
{
    const running_server running{{.bounds = quick_limits()}};
    auto client = running.client();
    client.send("GET / HTTP/1.1\r\n");
    BOOST_TEST(client.read_answer().status == 408U);
    BOOST_TEST(client.read_to_end().value() == "");
}

BOOST_AUTO_TEST_CASE(a_slow_body_is_told_so_however_it_dribbles)
{
    const running_server running{{.bounds = quick_limits()}};
    auto client = running.client();
    const auto begin = clock::now();
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
    while (!client.readable(clock::now() + std::chrono::milliseconds{20}) &&
           clock::now() < begin + patience)
    {
        client.send("x");
    }
    BOOST_TEST(client.read_answer().status == 408U);
    BOOST_TEST((clock::now() - begin < std::chrono::seconds{3}));
    BOOST_TEST(running.routes.requests == 0);
}

BOOST_AUTO_TEST_CASE(a_body_that_keeps_its_rate_may_take_longer)
{
    auto bounds = quick_limits();
    bounds.body_time = std::chrono::milliseconds{300};
    bounds.body_rate = 1000;
    const running_server running{{.bounds = bounds}};
    auto client = running.client();
    const auto begin = clock::now();
    constexpr std::size_t pieces = 20;
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000\r\n\r\n");
    for (std::size_t i = 0; i < pieces; ++i)
    {
        BOOST_TEST(!client.readable(clock::now() + std::chrono::milliseconds{50}));
        client.send(std::string(4000 / pieces, 'x'));
    }
    BOOST_TEST(client.read_answer().status == 200U);
    BOOST_TEST((clock::now() - begin > bounds.body_time));
}

BOOST_AUTO_TEST_CASE(bodies_on_their_way_share_a_budget_and_slow_ones_go_when_it_is_short)
{
    http::limits bounds;
    bounds.bodies = 1'000'000;
    bounds.short_body_time = std::chrono::seconds{1};
    const running_server running{{.bounds = bounds}};
    const std::string begun =
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n" +
        std::string(300'000, 'x');
    std::vector<raw_client> slow;
    for (int i = 0; i < 4; ++i)
    {
        slow.push_back(running.client());
        slow.back().send(begun);
    }
    BOOST_TEST(running.alive());
    // The one for which there is no room hears so, and those that stand still are ended until there
    // is room again: the last of them may stay.
    const auto has_answer = [](raw_client& each) { return each.readable(clock::now()); };
    BOOST_TEST(eventually([&] { return std::ranges::count_if(slow, has_answer) >= 3; }));
    for (raw_client& each : slow)
    {
        if (has_answer(each))
        {
            const auto refused = each.read_answer();
            BOOST_TEST((refused.status == 503U || refused.status == 408U));
            BOOST_TEST(refused.has("Connection: close"));
        }
    }
    auto again = running.client();
    BOOST_TEST(again.ask(post("/", std::string(400'000, 'x'))).status == 200U);
}

BOOST_AUTO_TEST_CASE(a_body_that_stands_still_after_a_quick_begin_is_not_waited_for)
{
    const running_server running{{.bounds = quick_limits()}};
    auto client = running.client();
    const auto begin = clock::now();
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n\r\n" +
                std::string(5'000'000, 'x'));
    BOOST_TEST(client.read_answer().status == 408U);
    BOOST_TEST((clock::now() - begin < std::chrono::seconds{5}));
}

BOOST_AUTO_TEST_CASE(a_client_that_does_not_read_is_dropped)
{
    auto bounds = quick_limits();
    bounds.body_rate = 1'000'000'000; // the usual one would give it hours
    running_server strict{{.bounds = bounds}};
    strict.routes.on_request = [](const http::request&, const http::reply& answer)
    { answer({.status = 200, .headers = {}, .body = std::string(50'000'000, 'x')}); };
    auto client = strict.client();
    client.send(get("/"));
    BOOST_TEST(client.readable(clock::now() + patience));
    BOOST_TEST(eventually([&] { return strict.serves.connections() == 0; }));
}

BOOST_AUTO_TEST_CASE(a_client_killed_within_its_body_harms_nobody)
{
    const running_server running;
    for (int i = 0; i < 50; ++i)
    {
        auto client = running.client();
        client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf");
        client.reset();
    }
    BOOST_TEST(running.alive());
    BOOST_TEST(eventually([&] { return running.serves.connections() == 0; }));
    BOOST_TEST(running.routes.requests == 1);
}

BOOST_AUTO_TEST_SUITE_END()
