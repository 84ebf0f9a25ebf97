// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "websocket_frame.hpp"

#include "host/base/utf8.hpp"

#include <utility>

namespace penstock::host::http
{

namespace
{

constexpr std::size_t longest_control = 125;
constexpr unsigned char last_bit = 0x80;
constexpr unsigned char mask_bit = 0x80;
constexpr unsigned char two_bytes = 126;
constexpr unsigned char eight_bytes = 127;

bool is_control(frame_kind kind) noexcept
{
    return (static_cast<unsigned>(kind) & 8U) != 0;
}

refusal refuse(close_code code, std::string_view why)
{
    return {static_cast<unsigned>(code), std::string{why}};
}

unsigned char byte_at(std::string_view text, std::size_t at) noexcept
{
    return static_cast<unsigned char>(text[at]);
}

void append_number(std::string& to, std::uint64_t number, int bytes)
{
    while (bytes-- > 0)
        to += static_cast<char>(number >> 8 * bytes & 0xffU);
}

// The first bytes of a close frame are a code that may be sent; the rest is text.
bool is_close(std::string_view payload)
{
    if (payload.size() < 2)
        return payload.empty();
    const unsigned code = byte_at(payload, 0) * 256U + byte_at(payload, 1);
    const bool known = (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
                       (code >= 3000 && code <= 4999);
    return known && is_utf8(payload.substr(2));
}

} // namespace

std::string write_frame(frame_kind kind, std::string_view payload, std::optional<frame_mask> mask)
{
    std::string frame;
    frame.reserve(payload.size() + 14);
    frame += static_cast<char>(last_bit | static_cast<unsigned char>(kind));
    const unsigned char masked = mask ? mask_bit : 0;
    if (payload.size() < two_bytes)
        frame += static_cast<char>(masked | payload.size());
    else if (payload.size() <= 0xffff)
    {
        frame += static_cast<char>(masked | two_bytes);
        append_number(frame, payload.size(), 2);
    }
    else
    {
        frame += static_cast<char>(masked | eight_bytes);
        append_number(frame, payload.size(), 8);
    }
    if (!mask)
        return frame.append(payload);
    for (const unsigned char each : *mask)
        frame += static_cast<char>(each);
    for (std::size_t i = 0; i < payload.size(); ++i)
        frame += static_cast<char>(byte_at(payload, i) ^ (*mask)[i % 4]);
    return frame;
}

std::string close_payload(close_code code, std::string_view why)
{
    std::string payload;
    append_number(payload, static_cast<unsigned>(code), 2);
    return payload.append(why.substr(0, longest_control - 2));
}

checked<std::optional<websocket_message>> websocket_reader::next()
{
    for (;;)
    {
        const auto head = read_head();
        if (head.has_error())
            return head.error();
        if (!*head || buffer_.size() - (*head)->head < (*head)->length)
            return std::optional<websocket_message>{};
        const frame read = **head;
        std::string payload = take(read);
        if (read.kind == frame_kind::close && !is_close(payload))
            return refuse(close_code::protocol_error, "close: no code that may be sent");
        if (is_control(read.kind))
            return std::optional<websocket_message>{{read.kind, std::move(payload)}};
        message_ += payload;
        in_message_ = !read.is_last;
        if (!read.is_last)
            continue;
        if (!is_utf8(message_))
            return refuse(close_code::bad_text, "message: not UTF-8; expected UTF-8");
        return std::optional<websocket_message>{{frame_kind::text, std::exchange(message_, {})}};
    }
}

checked<std::optional<websocket_reader::frame>> websocket_reader::read_head() const
{
    constexpr std::optional<frame> unfinished;
    if (buffer_.size() < 2)
        return unfinished;
    const unsigned char first = byte_at(buffer_, 0);
    const unsigned char second = byte_at(buffer_, 1);
    if ((first & 0x70U) != 0)
        return refuse(close_code::protocol_error, "frame: a reserved bit; expected none");
    if (((second & mask_bit) != 0) != (whom_ == frames_of::client))
        return refuse(close_code::protocol_error, "frame: a client masks, a server does not");
    frame read{static_cast<frame_kind>(first & 0x0fU), (first & last_bit) != 0, 2,
               second & std::size_t{0x7f}};
    const std::size_t more = read.length == two_bytes ? 2 : read.length == eight_bytes ? 8 : 0;
    if (buffer_.size() < read.head + more)
        return unfinished;
    if (more != 0)
    {
        std::uint64_t length = 0;
        for (std::size_t i = 0; i < more; ++i)
            length = length << 8 | byte_at(buffer_, read.head + i);
        if (length < (more == 2 ? std::uint64_t{two_bytes} : std::uint64_t{0x10000}))
            return refuse(close_code::protocol_error, "frame: its length is written too long");
        read.length = length;
    }
    read.head += more + (whom_ == frames_of::client ? 4 : 0);
    if (auto why = misplaced(read))
        return *std::move(why);
    return buffer_.size() < read.head ? unfinished : std::optional{read};
}

std::optional<refusal> websocket_reader::misplaced(const frame& read) const
{
    switch (read.kind)
    {
    case frame_kind::close:
    case frame_kind::ping:
    case frame_kind::pong:
        if (!read.is_last || read.length > longest_control)
            return refuse(close_code::protocol_error, "frame: a control frame that is too long");
        return std::nullopt;
    case frame_kind::continuation:
    case frame_kind::text:
        if ((read.kind == frame_kind::continuation) != in_message_)
            return refuse(close_code::protocol_error, "frame: not the one that comes next");
        if (read.length > most_ - message_.size())
            return refuse(close_code::too_big, "message: over its limit; expected at most " +
                                                   std::to_string(most_) + " bytes");
        return std::nullopt;
    case frame_kind::binary:
        return refuse(close_code::unsupported, "message: binary; expected text");
    }
    return refuse(close_code::protocol_error, "frame: of an unknown kind");
}

std::string websocket_reader::take(const frame& read)
{
    std::string payload = buffer_.substr(read.head, read.length);
    if (whom_ == frames_of::client)
        for (std::size_t i = 0; i < payload.size(); ++i)
            payload[i] =
                static_cast<char>(byte_at(payload, i) ^ byte_at(buffer_, read.head - 4 + i % 4));
    buffer_.erase(0, read.head + read.length);
    return payload;
}

} // namespace penstock::host::http
