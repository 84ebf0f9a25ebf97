// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/websocket/websocket_frame.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(websocket_frames)

using namespace penstock::host::http;

namespace
{

constexpr frame_mask mask{0x37, 0xfa, 0x21, 0x3d}; // of RFC 6455, 5.7

std::string masked(frame_kind kind, std::string_view payload)
{
    return write_frame(kind, payload, mask);
}

// A frame that is not the last one of its message.
std::string unfinished(std::string frame)
{
    frame[0] = static_cast<char>(frame[0] & 0x7f);
    return frame;
}

// What a server reads of these bytes, or the code with which it refuses them.
struct reading
{
    explicit reading(std::string_view bytes, std::size_t most = 1000)
    {
        websocket_reader reader(frames_of::client, most);
        reader.feed(bytes);
        auto next = reader.next();
        if (next.has_error())
            refused = next.error().status();
        else if (*next)
            message = **next;
    }

    std::optional<websocket_message> message;
    unsigned refused = 0;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_frame_is_written_as_the_rfc_shows_it)
{
    BOOST_TEST(write_frame(frame_kind::text, "Hello") == "\x81\x05Hello");
    BOOST_TEST(masked(frame_kind::text, "Hello") == "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58");
}

BOOST_AUTO_TEST_CASE(what_a_client_writes_a_server_reads)
{
    for (const std::size_t length : {0U, 1U, 125U, 126U, 127U, 65'535U, 65'536U, 100'000U})
    {
        const std::string text(length, 'x');
        const reading read(masked(frame_kind::text, text), 100'000);
        BOOST_TEST_REQUIRE(read.message.has_value());
        BOOST_TEST(read.message->payload == text);
    }
}

BOOST_AUTO_TEST_CASE(what_a_server_writes_a_client_reads)
{
    websocket_reader reader(frames_of::server, 1000);
    reader.feed(write_frame(frame_kind::text, "Hello"));
    BOOST_TEST(reader.next().value()->payload == "Hello");
}

BOOST_AUTO_TEST_CASE(a_frame_may_come_byte_by_byte)
{
    websocket_reader reader(frames_of::client, 1000);
    const std::string frame = masked(frame_kind::text, std::string(200, 'x'));
    for (std::size_t i = 0; i + 1 < frame.size(); ++i)
    {
        reader.feed({&frame[i], 1});
        BOOST_TEST_REQUIRE(!reader.next().value().has_value());
    }
    reader.feed({&frame.back(), 1});
    BOOST_TEST(reader.next().value().has_value());
}

BOOST_AUTO_TEST_CASE(control_frames_may_come_between_the_pieces_of_a_message)
{
    websocket_reader reader(frames_of::client, 1000);
    reader.feed(unfinished(masked(frame_kind::text, "Hel")));
    reader.feed(masked(frame_kind::ping, "there?"));
    reader.feed(masked(frame_kind::continuation, "lo"));
    const auto ping = reader.next().value();
    BOOST_TEST_REQUIRE(ping.has_value());
    BOOST_TEST((ping->kind == frame_kind::ping));
    BOOST_TEST(ping->payload == "there?");
    BOOST_TEST(reader.next().value()->payload == "Hello");
}

BOOST_AUTO_TEST_CASE(a_message_over_its_limit_is_refused_by_its_announcement)
{
    BOOST_TEST(reading(masked(frame_kind::text, "123456").substr(0, 6), 5).refused == 1009U);
    const std::string pieces =
        unfinished(masked(frame_kind::text, "123")) + masked(frame_kind::continuation, "456");
    BOOST_TEST(reading(pieces, 5).refused == 1009U);
    std::string endless = masked(frame_kind::text, std::string(70'000, 'x'));
    endless.replace(2, 8, "\x7f\xff\xff\xff\xff\xff\xff\xff");
    BOOST_TEST(reading(endless.substr(0, 14)).refused == 1009U);
}

BOOST_AUTO_TEST_CASE(what_is_not_utf8_is_refused)
{
    BOOST_TEST(reading(masked(frame_kind::text, "\xc3")).refused == 1007U);
    // A character may be cut by the end of a frame.
    const std::string cut =
        unfinished(masked(frame_kind::text, "\xc3")) + masked(frame_kind::continuation, "\xa9");
    BOOST_TEST(reading(cut).message->payload == "\xc3\xa9");
}

BOOST_AUTO_TEST_CASE(what_the_rfc_forbids_is_a_protocol_error)
{
    std::string reserved = masked(frame_kind::text, "x");
    reserved[0] = static_cast<char>(reserved[0] | 0x40);
    for (const std::string& bytes :
         {write_frame(frame_kind::text, "not masked"), reserved,
          masked(static_cast<frame_kind>(3), "an unknown kind"),
          masked(frame_kind::ping, std::string(126, 'x')),
          unfinished(masked(frame_kind::ping, "in pieces")),
          masked(frame_kind::continuation, "of nothing"),
          unfinished(masked(frame_kind::text, "x")) + masked(frame_kind::text, "another"),
          masked(frame_kind::close, "\x03"),
          masked(frame_kind::close, close_payload(static_cast<close_code>(1005), "")),
          masked(frame_kind::close, "\x03\xe8\xc3"),
          std::string("\x81\xfe\x00\x05", 4) + "\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"})
        BOOST_TEST(reading(bytes).refused == 1002U);
    BOOST_TEST(reading(masked(frame_kind::binary, "x")).refused == 1003U);
}

BOOST_AUTO_TEST_CASE(a_goodbye_has_a_code_and_a_reason_that_fits)
{
    const reading read(
        masked(frame_kind::close, close_payload(close_code::going_away, std::string(200, 'x'))));
    BOOST_TEST_REQUIRE(read.message.has_value());
    BOOST_TEST(read.message->payload.substr(0, 2) == "\x03\xe9");
    BOOST_TEST(read.message->payload.size() == 125U);
}

BOOST_AUTO_TEST_SUITE_END()
