// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// What is refused, and whether its sender can read the refusal.
#include "wire.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(session)

using namespace penstock::host::http::testing;
namespace http = penstock::host::http;

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

BOOST_AUTO_TEST_SUITE_END()
