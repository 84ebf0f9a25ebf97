// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Frames of WebSockets, of clients or servers as the first byte of an input says.

#include "target.hpp"

#include "host/net/websocket/websocket_frame.hpp"

namespace penstock::fuzz
{

namespace
{

using namespace host::http;

constexpr std::size_t longest = 512;
constexpr frame_mask mask{0x12, 0x34, 0xab, 0xcd};

std::string told(std::string_view input, std::size_t piece, frames_of whom)
{
    websocket_reader reader(whom, longest);
    std::string text;
    while (!input.empty())
    {
        reader.feed(input.substr(0, piece));
        input.remove_prefix(std::min(piece, input.size()));
        for (;;)
        {
            const auto next = reader.next();
            if (next.has_error())
                return text + "refused: " + std::to_string(next.error().status());
            if (!*next)
                break;
            hold((*next)->payload.size() <= longest, "a message keeps to its limit");
            text += std::to_string(static_cast<int>((*next)->kind)) + ' ' + (*next)->payload + '\n';
        }
    }
    return text;
}

} // namespace

std::vector<std::string> seeds()
{
    const std::string cut = write_frame(frame_kind::text, "not all", mask);
    return {'\0' + write_frame(frame_kind::text, R"({"tap": ["a.out"]})", mask),
            '\0' + write_frame(frame_kind::ping, "", mask) +
                write_frame(frame_kind::close, close_payload(close_code::normal, "bye"), mask),
            '\0' + std::string(1, static_cast<char>(cut[0] & 0x7f)) + cut.substr(1) +
                write_frame(frame_kind::pong, "x", mask) +
                write_frame(frame_kind::continuation, " of it", mask),
            '\1' + write_frame(frame_kind::text, std::string(200, 'x')) +
                write_frame(frame_kind::text, std::string(500, 'y'))};
}

void try_input(std::string_view input)
{
    const frames_of whom = take(input) % 2 == 0 ? frames_of::client : frames_of::server;
    hold(told(input, 1, whom) == told(input, input.size() + 1, whom),
         "what is read does not depend on how it comes");
}

} // namespace penstock::fuzz
