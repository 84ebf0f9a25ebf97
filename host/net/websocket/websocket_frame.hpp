// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/refusal.hpp"
#include "websocket.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host::http
{

/// What a frame of a WebSocket carries (RFC 6455, 5.2).
enum class frame_kind : std::uint8_t
{
    continuation = 0,
    text = 1,
    binary = 2,
    close = 8,
    ping = 9,
    pong = 10
};

/// A whole message, or a control frame.
struct websocket_message
{
    frame_kind kind = frame_kind::text;
    std::string payload;
};

/// The key with which a client masks one frame.
using frame_mask = std::array<unsigned char, 4>;

/// Writes one frame that is a whole message; a client masks it, a server does not.
[[nodiscard]] std::string write_frame(frame_kind kind, std::string_view payload,
                                      std::optional<frame_mask> mask = std::nullopt);

/// Writes what a close frame carries.
[[nodiscard]] std::string close_payload(close_code code, std::string_view why);

/// Who is at the other end, whose frames are read: a client masks all of them, a server none.
enum class frames_of
{
    client,
    server
};

/// Turns the bytes of one WebSocket into messages: text in one piece, however it was cut into
/// frames, and control frames. Extensions, binary messages, and all that the RFC forbids, are
/// refused, the status being a close_code; nothing can be read after that. Knows no socket.
class websocket_reader
{
public:
    /// A message is `most` bytes long at most; what is longer is refused by its announcement.
    websocket_reader(frames_of whom, std::size_t most) : whom_{whom}, most_{most} {}

    void feed(std::string_view bytes) { buffer_.append(bytes); }

    /// The next message, or nothing until more was fed.
    [[nodiscard]] checked<std::optional<websocket_message>> next();

private:
    struct frame
    {
        frame_kind kind;
        bool is_last;
        std::size_t head;   // bytes
        std::size_t length; // of the payload
    };

    [[nodiscard]] checked<std::optional<frame>> read_head() const;
    [[nodiscard]] std::optional<refusal> misplaced(const frame& read) const;
    [[nodiscard]] std::string take(const frame& read);

    frames_of whom_;
    std::size_t most_;
    std::string buffer_;
    std::string message_; // the frames of one message that came so far
    bool in_message_ = false;
};

} // namespace penstock::host::http
