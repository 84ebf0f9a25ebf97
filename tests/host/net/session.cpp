// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/content/content_coding.hpp"
#include "wire.hpp"

#include <boost/assert.hpp>
#include <boost/test/unit_test.hpp>

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

BOOST_AUTO_TEST_CASE(requests_of_one_header_have_each_their_own_body)
{
    running_server running;
    auto client = running.client();
    const std::string head = "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: ";
    for (const char* body : {"one", "", "three", "two", "four!", "five"})
    {
        const std::string length = std::to_string(std::string_view(body).size());
        const auto given = client.ask(head + length + "\r\n\r\n" + body);
        BOOST_TEST(given.body == "POST /x\n" + std::string(body));
    }
    BOOST_TEST(client.send(head + "3\r\n\r\none" + head + "3\r\n\r\ntwo" + head + "5\r\n\r\nth"));
    BOOST_TEST(client.read_answer().body == "POST /x\none");
    BOOST_TEST(client.read_answer().body == "POST /x\ntwo");
    BOOST_TEST(client.send("ree"));
    BOOST_TEST(client.read_answer().body == "POST /x\nthree");
}

BOOST_AUTO_TEST_CASE(a_header_of_a_foreign_page_is_refused_each_time)
{
    running_server running;
    auto client = running.client();
    const std::string foreign = "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n";
    const std::string own = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (const auto& [asked, status] :
         {std::pair(foreign, 403U), std::pair(foreign, 403U), std::pair(own, 200U),
          std::pair(own, 200U), std::pair(foreign, 403U)})
        BOOST_TEST(client.ask(asked).status == status);
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
    held_answer held(running);
    auto client = running.client();
    client.send(get("/"));
    http::reply& kept = held.wait();
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

BOOST_AUTO_TEST_SUITE_END()
