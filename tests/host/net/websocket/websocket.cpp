// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/websocket/websocket.hpp"

#include "host/net/message.hpp"
#include "host/net/websocket/websocket_outbox.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>

BOOST_AUTO_TEST_SUITE(websockets)

using namespace penstock::host::http;

namespace
{

class deaf final : public websocket_handler
{
    void opened(std::shared_ptr<websocket>) override {}
    void received(std::string_view) override {}
    void closed() noexcept override {}
};

request good()
{
    request asked;
    asked.method = "GET";
    asked.headers.add("Connection", "keep-alive, Upgrade");
    asked.headers.add("Upgrade", "websocket");
    asked.headers.add("Sec-WebSocket-Version", "13");
    asked.headers.add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    return asked;
}

response answer_to(const request& asked)
{
    return upgrade_to_websocket(asked, std::make_shared<deaf>());
}

} // namespace

BOOST_AUTO_TEST_CASE(who_asks_for_a_websocket_gets_one)
{
    const response given = answer_to(good());
    BOOST_TEST(given.status == 101U);
    BOOST_TEST_REQUIRE(given.upgrade != nullptr);
    BOOST_TEST(given.upgrade->key == "dGhlIHNhbXBsZSBub25jZQ==");
}

BOOST_AUTO_TEST_CASE(a_protocol_is_chosen_if_it_is_offered)
{
    request asked = good();
    asked.headers.add("Sec-WebSocket-Protocol", "other, penstock.live");
    const auto handler = std::make_shared<deaf>();
    BOOST_TEST(upgrade_to_websocket(asked, handler, "penstock.live").upgrade->protocol ==
               "penstock.live");
    BOOST_TEST(upgrade_to_websocket(asked, handler, "penstock").upgrade->protocol == "");
    BOOST_TEST(upgrade_to_websocket(asked, handler).upgrade->protocol == "");
}

BOOST_AUTO_TEST_CASE(who_does_not_ask_for_a_websocket_gets_none)
{
    request head = good();
    head.head_only = true;
    request old = good();
    old.version = 10;
    request with_body = good();
    with_body.has_body = true;
    request plain = good();
    plain.headers.erase("Upgrade");
    request unconnected = good();
    unconnected.headers.set("Connection", "keep-alive");
    request newer = good();
    newer.headers.set("Sec-WebSocket-Version", "14");
    for (const request& asked : {head, old, with_body, plain, unconnected, newer})
    {
        const response refused = answer_to(asked);
        BOOST_TEST(refused.status == 426U);
        BOOST_TEST(refused.upgrade == nullptr);
        BOOST_TEST(refused.headers.value("Sec-WebSocket-Version") == "13");
    }
}

BOOST_AUTO_TEST_CASE(a_key_that_is_none_is_400)
{
    for (const char* key : {"", "short", "dGhlIHNhbXBsZSBub25jZQ=!", "dGhlIHNhbXBsZSBub25jZ\"=="})
    {
        request asked = good();
        asked.headers.set("Sec-WebSocket-Key", key);
        BOOST_TEST(answer_to(asked).status == 400U);
    }
}

BOOST_AUTO_TEST_CASE(an_outbox_takes_as_much_as_it_has_room_for)
{
    int woken = 0;
    websocket_outbox box(10, [&] { ++woken; });
    BOOST_TEST(box.send("12345"));
    BOOST_TEST(box.send("12345"));
    BOOST_TEST(!box.send("1"));
    BOOST_TEST(woken == 1);
    BOOST_TEST(box.take().texts.size() == 2U);
    BOOST_TEST(box.send("1"));
    BOOST_TEST(woken == 2);
}

BOOST_AUTO_TEST_CASE(nothing_is_queued_behind_a_goodbye)
{
    websocket_outbox box(10, [] {});
    BOOST_TEST(box.send("1"));
    box.close(close_code::going_away, "first");
    box.close(close_code::normal, "second");
    BOOST_TEST(!box.send("2"));
    const auto last = box.take();
    BOOST_TEST(last.texts.size() == 1U);
    BOOST_TEST_REQUIRE(last.end.has_value());
    BOOST_TEST(last.end->why == "first");
}

BOOST_AUTO_TEST_CASE(an_outbox_that_has_ended_wakes_nobody)
{
    int woken = 0;
    websocket_outbox box(10, [&] { ++woken; });
    box.end();
    BOOST_TEST(!box.send("1"));
    box.close(close_code::normal, {});
    BOOST_TEST(woken == 0);
}

BOOST_AUTO_TEST_SUITE_END()
