// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/client.hpp"

#include "wire.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(client)

using namespace penstock::host::http::testing;
namespace http = penstock::host::http;

namespace
{

http::client client_of(const running_server& running, http::client::settings with = {})
{
    return http::client{{.host = "127.0.0.1", .port = running.port, .prefix = {}}, with};
}

} // namespace

BOOST_AUTO_TEST_CASE(requests_share_a_connection)
{
    const running_server running;
    auto client = client_of(running);
    for (int i = 0; i < 10; ++i)
    {
        const auto got = client.send("POST", "/data", {}, "hello");
        BOOST_REQUIRE(got.has_value());
        BOOST_TEST(got->status == 200U);
        BOOST_TEST(got->body == "POST /data\nhello");
        BOOST_TEST(got->headers.value("content-type") == "text/plain");
    }
    BOOST_TEST(running.serves.connections() == 1U);
}

BOOST_AUTO_TEST_CASE(headers_and_methods_travel)
{
    running_server running;
    running.routes.on_request = [](const http::request& received, const http::reply& answer)
    {
        answer(http::response::json(202, received.method + ' ' +
                                             std::string{received.headers.value("X-Meta-A")}));
    };
    auto client = client_of(running);
    http::header_list headers;
    headers.add("X-Meta-A", "1");
    BOOST_TEST(client.send("DELETE", "/x", headers)->body == "DELETE 1");
    BOOST_TEST(client.send("HEAD", "/x", headers)->body == "");
    BOOST_TEST(client.send("GET", "/x", headers)->body == "GET 1");
    headers.set("X-Meta-A", "1\r\nX: 2");
    BOOST_TEST(client.send("GET", "/x", headers).has_error());
}

BOOST_AUTO_TEST_CASE(a_kept_connection_that_was_closed_is_replaced)
{
    auto bounds = quick_limits();
    bounds.idle_time = std::chrono::milliseconds{50};
    const running_server running{{.bounds = bounds}};
    auto client = client_of(running);
    BOOST_TEST(client.send("GET", "/1")->status == 200U);
    BOOST_REQUIRE(eventually([&] { return running.serves.connections() == 0; }));
    BOOST_TEST(client.send("POST", "/2", {}, "x")->status == 200U);
}

BOOST_AUTO_TEST_CASE(an_answer_may_overtake_its_request)
{
    http::server::settings tight;
    tight.bounds.body = 1000;
    const running_server running{tight};
    auto client = client_of(running);
    const auto got = client.send("POST", "/data", {}, std::string(50'000'000, 'x'));
    BOOST_REQUIRE(got.has_value());
    BOOST_TEST(got->status == 413U);
    BOOST_TEST(client.send("GET", "/next")->status == 200U);
}

BOOST_AUTO_TEST_CASE(an_answer_that_does_not_come_is_an_error)
{
    running_server running;
    http::reply kept;
    running.routes.on_request = [&](const http::request&, http::reply answer)
    { kept = std::move(answer); };
    auto client = client_of(running, {.timeout = std::chrono::milliseconds{100}});
    BOOST_TEST(client.send("GET", "/").has_error());
    BOOST_TEST(running.routes.requests == 1);
    BOOST_TEST(!running.serves.stop(clock::now()));
}

BOOST_AUTO_TEST_CASE(a_call_ends_by_its_deadline_whatever_the_timeout)
{
    running_server running;
    http::reply kept;
    running.routes.on_request = [&](const http::request&, http::reply answer)
    { kept = std::move(answer); };
    auto client = client_of(running);
    const auto begun = clock::now();
    client.end_by(begun + std::chrono::milliseconds{100});
    BOOST_TEST(client.send("GET", "/").has_error());
    client.end_by(begun); // it is over
    BOOST_TEST(client.send("GET", "/").has_error());
    BOOST_TEST((clock::now() - begun < std::chrono::seconds{30})); // of 60
    BOOST_TEST(!running.serves.stop(clock::now()));
}

BOOST_AUTO_TEST_CASE(an_answer_over_its_limit_is_an_error)
{
    running_server running;
    running.routes.on_request = [](const http::request&, const http::reply& answer)
    { answer(http::response::json(200, std::string(5000, '1'))); };
    auto client = client_of(running, {.answer_limit = 1000});
    BOOST_TEST(client.send("GET", "/").has_error());
}

BOOST_AUTO_TEST_CASE(nobody_listening_is_an_error)
{
    std::uint16_t port = 0;
    {
        const running_server running;
        port = running.port;
    }
    http::client client{{.host = "127.0.0.1", .port = port, .prefix = {}}, {}};
    BOOST_TEST(client.send("GET", "/").has_error());
}

BOOST_AUTO_TEST_SUITE_END()
