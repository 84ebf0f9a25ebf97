// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/websocket/websocket_session.hpp"

#include "tests/host/net/wire.hpp"
#include "websocket_client.hpp"

#include <boost/test/unit_test.hpp>

#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>

BOOST_AUTO_TEST_SUITE(websocket_sessions)

using namespace penstock::host::http;
using namespace penstock::host::http::testing;

namespace
{

// A handler that sends everything back, and keeps what became of it.
class echo final : public websocket_handler
{
public:
    void opened(std::shared_ptr<websocket> client) override
    {
        const std::lock_guard lock(mutex_);
        client_ = std::move(client);
        changed_.notify_all();
    }

    void received(std::string_view text) override
    {
        if (!client_->send(std::string(text)))
            client_->close(close_code::policy, "too slow");
    }

    void closed() noexcept override
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        changed_.notify_all();
    }

    bool wait_for_end()
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, [this] { return closed_; });
    }

    std::shared_ptr<websocket> client()
    {
        std::unique_lock lock(mutex_);
        if (!changed_.wait_for(lock, patience, [this] { return client_ != nullptr; }))
            throw std::runtime_error("nobody came");
        return client_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::shared_ptr<websocket> client_;
    bool closed_ = false;
};

struct echo_server
{
    explicit echo_server(limits bounds = {})
        : runs({.bounds = bounds, .rules = {}, .threads = 2, .report = {}})
    {
        runs.routes.on_request = [this](const request& asked, const reply& answer)
        { answer(upgrade_to_websocket(asked, handler)); };
    }

    penstock::host::http::testing::websocket_client client() { return {runs.port, "/echo"}; }

    std::shared_ptr<echo> handler = std::make_shared<echo>();
    running_server runs;
};

constexpr const char* handshake = "GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                  "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

// A frame of a client, that is masked, of less than 126 bytes.
std::string frame(char first_byte, std::string_view payload)
{
    const std::string_view mask = "\x01\x02\x03\x04";
    std::string made{first_byte, static_cast<char>(0x80 | payload.size())};
    made.append(mask);
    for (std::size_t at = 0; at < payload.size(); ++at)
        made += static_cast<char>(payload[at] ^ mask[at % mask.size()]);
    return made;
}

constexpr char text_frame = '\x81';
constexpr char close_frame = '\x88';

// How the server says goodbye.
std::string goodbye(unsigned code)
{
    return {close_frame, 2, static_cast<char>(code >> 8), static_cast<char>(code & 0xffU)};
}

// What a server says to whoever sends these bytes, up to its end.
std::string answer_to(std::string_view bytes, const limits& bounds = {})
{
    echo_server server(bounds);
    raw_client client = server.runs.client();
    client.send(handshake);
    BOOST_TEST(client.read_answer().status == 101U);
    client.send(bytes);
    return client.read_to_end().value_or("no end");
}

} // namespace

BOOST_AUTO_TEST_CASE(messages_go_both_ways_however_they_are_cut)
{
    echo_server server;
    auto client = server.client();
    client.send("one");
    BOOST_TEST(client.receive().value() == "one");
    client.send_in_pieces("three pieces");
    BOOST_TEST(client.receive().value() == "three pieces");
    const std::string long_one(60'000, 'x');
    client.send(long_one);
    BOOST_TEST(client.receive().value() == long_one);
}

BOOST_AUTO_TEST_CASE(what_comes_behind_the_request_is_read)
{
    echo_server server;
    raw_client client = server.runs.client();
    client.send(handshake + frame(text_frame, "early"));
    BOOST_TEST(client.read_answer().status == 101U);
    client.wait_for("early");
    client.send(frame(close_frame, ""));
    const auto rest = client.read_to_end();
    BOOST_TEST_REQUIRE(rest.has_value());
    BOOST_TEST(rest->starts_with("\x81\x05"
                                 "early\x88"));
}

BOOST_AUTO_TEST_CASE(a_key_is_answered_as_the_rfc_shows_it)
{
    echo_server server;
    raw_client client = server.runs.client();
    BOOST_TEST(client.ask(handshake).has("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
}

BOOST_AUTO_TEST_CASE(a_protocol_that_was_chosen_is_named)
{
    echo_server server;
    server.runs.routes.on_request = [&](const request& asked, const reply& answer)
    { answer(upgrade_to_websocket(asked, server.handler, "penstock.live")); };
    raw_client client = server.runs.client();
    std::string asked = handshake;
    asked.insert(asked.size() - 2, "Sec-WebSocket-Protocol: other, penstock.live\r\n");
    BOOST_TEST(client.ask(asked).has("Sec-WebSocket-Protocol: penstock.live"));
}

BOOST_AUTO_TEST_CASE(what_is_no_text_ends_the_connection)
{
    BOOST_TEST(answer_to(frame(text_frame, "\xc3")) == goodbye(1007));
}

BOOST_AUTO_TEST_CASE(what_the_rfc_forbids_ends_the_connection)
{
    for (const std::string& bytes :
         {std::string("\x81\x01x"), frame('\xc1', "reserved"), frame('\x83', "an unknown kind"),
          frame('\x09', "a ping in pieces"), frame('\x80', "continuation of nothing"),
          frame('\x01', "unfinished") + frame(text_frame, "another"), frame(close_frame, "\x03"),
          frame(close_frame, "\x03\xed")}) // 1005, which nobody may say
        BOOST_TEST(answer_to(bytes) == goodbye(1002));
}

BOOST_AUTO_TEST_CASE(a_message_over_its_limit_is_refused_by_its_announcement)
{
    limits bounds;
    bounds.websocket_message = 5;
    BOOST_TEST(answer_to(frame(text_frame, "123456").substr(0, 6), bounds) == goodbye(1009));
    BOOST_TEST(answer_to(frame('\x01', "123") + frame('\x80', "456"), bounds) == goodbye(1009));
}

BOOST_AUTO_TEST_CASE(a_client_that_goes_on_after_the_goodbye_does_not_keep_the_server)
{
    echo_server server({.discard_time = std::chrono::milliseconds(200)});
    raw_client client = server.runs.client();
    client.send(handshake);
    BOOST_TEST(client.read_answer().status == 101U);
    server.handler->client()->close(close_code::normal, "enough");
    while (client.send(frame(text_frame, "more")))
        ;
    BOOST_TEST(server.handler->wait_for_end());
}

BOOST_AUTO_TEST_CASE(a_ping_is_answered)
{
    echo_server server;
    auto client = server.client();
    client.ping();
    client.send("x");
    BOOST_TEST(client.receive().value() == "x");
    BOOST_TEST(client.pongs() == 1U);
}

BOOST_AUTO_TEST_CASE(a_goodbye_is_answered)
{
    echo_server server;
    auto client = server.client();
    client.close();
    BOOST_TEST(server.handler->wait_for_end());
}

BOOST_AUTO_TEST_CASE(a_client_that_vanishes_is_noticed)
{
    echo_server server;
    raw_client client = server.runs.client();
    client.send(handshake);
    BOOST_TEST(client.read_answer().status == 101U);
    client.reset();
    BOOST_TEST(server.handler->wait_for_end());
    BOOST_TEST(!server.handler->client()->send("nobody is there"));
}

BOOST_AUTO_TEST_CASE(a_message_over_its_limit_ends_the_connection)
{
    limits bounds;
    bounds.websocket_message = 10;
    echo_server server(bounds);
    auto client = server.client();
    client.send("0123456789");
    BOOST_TEST(client.receive().value() == "0123456789");
    client.send("0123456789x");
    BOOST_TEST(!client.receive().has_value());
    BOOST_TEST(client.closed_with() == 1009U);
}

BOOST_AUTO_TEST_CASE(binary_messages_end_the_connection)
{
    echo_server server;
    auto client = server.client();
    client.send_binary("x");
    BOOST_TEST(!client.receive().has_value());
    BOOST_TEST(client.closed_with() == 1003U);
}

BOOST_AUTO_TEST_CASE(a_page_of_another_site_is_refused)
{
    echo_server server;
    const std::string own = "http://localhost:" + std::to_string(server.runs.port);
    BOOST_CHECK_NO_THROW(
        penstock::host::http::testing::websocket_client(server.runs.port, "/echo", own));
    BOOST_CHECK_THROW(penstock::host::http::testing::websocket_client(server.runs.port, "/echo",
                                                                      "https://evil.example"),
                      std::runtime_error);
    raw_client rebound = server.runs.client();
    std::string asked = handshake;
    asked.replace(asked.find("localhost"), 9, "evil.example");
    BOOST_TEST(rebound.ask(asked).status == 403U);
}

BOOST_AUTO_TEST_CASE(a_client_that_reads_nothing_is_cut_off)
{
    limits bounds;
    bounds.websocket_write_time = std::chrono::milliseconds(200);
    bounds.websocket_backlog = 64 * limits::mib;
    echo_server server(bounds);
    raw_client client = server.runs.client();
    client.send(handshake);
    BOOST_TEST(client.read_answer().status == 101U);
    // More than the sockets' own buffers take.
    BOOST_TEST(server.handler->client()->send(std::string(32 * limits::mib, 'x')));
    BOOST_TEST(server.handler->wait_for_end());
}

BOOST_AUTO_TEST_CASE(a_client_that_does_not_answer_pings_is_cut_off)
{
    limits bounds = quick_limits();
    bounds.idle_time = std::chrono::milliseconds(300);
    echo_server server(bounds);
    raw_client client = server.runs.client();
    client.send(handshake);
    BOOST_TEST(client.read_answer().status == 101U);
    const auto rest = client.read_to_end();
    BOOST_TEST_REQUIRE(rest.has_value());
    BOOST_TEST(rest->starts_with(std::string("\x89\x00", 2)));
    BOOST_TEST(server.handler->wait_for_end());
}

BOOST_AUTO_TEST_CASE(a_client_that_answers_pings_stays)
{
    limits bounds = quick_limits();
    bounds.idle_time = std::chrono::milliseconds(300);
    echo_server server(bounds);
    auto client = server.client();
    auto sent =
        std::async(std::launch::async,
                   [&]
                   {
                       // So many take twice as long as a silent client may stay.
                       const bool pinged = eventually([&] { return client.pings() >= 6; });
                       return server.handler->client()->send(pinged ? "still there" : "not pinged");
                   });
    BOOST_TEST(client.receive().value() == "still there"); // it answers pings while it waits
    BOOST_TEST(sent.get());
}

BOOST_AUTO_TEST_CASE(a_server_that_stops_says_goodbye)
{
    echo_server server;
    auto client = server.client();
    client.send("x");
    BOOST_TEST(client.receive().value() == "x");
    auto stopped = std::async(std::launch::async,
                              [&] { return server.runs.serves.stop(clock::now() + patience); });
    BOOST_TEST(!client.receive().has_value());
    BOOST_TEST(client.closed_with() == 1001U);
    BOOST_TEST(stopped.get());
}

BOOST_AUTO_TEST_CASE(a_client_that_hears_no_goodbye_does_not_keep_the_server)
{
    limits bounds = quick_limits();
    echo_server server(bounds);
    raw_client client = server.runs.client();
    client.send(handshake);
    BOOST_TEST(client.read_answer().status == 101U);
    BOOST_TEST(server.runs.serves.stop(clock::now() + patience));
    BOOST_TEST(server.handler->wait_for_end());
}

BOOST_AUTO_TEST_CASE(it_counts_among_the_connections)
{
    limits bounds;
    bounds.connections = 1;
    echo_server server(bounds);
    auto client = server.client();
    BOOST_TEST(server.runs.serves.connections() == 1U);
    raw_client second = server.runs.client();
    BOOST_TEST(second.read_answer().status == 503U);
}

BOOST_AUTO_TEST_SUITE_END()
