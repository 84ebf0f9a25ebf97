// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>

namespace penstock::host::http
{

/// Bounds what one client can make the host hold, and for how long.
struct limits
{
    static constexpr std::size_t kib = 1024;
    static constexpr std::size_t mib = 1024 * kib;

    /// The header block with its request line, and the number of its fields.
    std::size_t header = 8 * kib;
    std::size_t header_fields = 64;

    /// A body as it is sent, without transfer coding.
    std::size_t body = 16 * mib;
    std::size_t chunk_extension = 256;

    /// A body after its content coding; the ratio counts from `ratio_free` bytes on, since a small
    /// body may compress well without being an attack.
    std::size_t decompressed = 64 * mib;
    std::size_t compression_ratio = 100;
    std::size_t ratio_free = 64 * kib;

    std::size_t parts = 10'000;

    /// From a request's first byte to the end of its header.
    std::chrono::milliseconds header_time = std::chrono::seconds{10};

    /// A body has this long, and one second more for every `body_rate` bytes that came, but never
    /// more than this from now on. An answer on its way to the client has this long, and a second
    /// more for as many bytes.
    std::chrono::milliseconds body_time = std::chrono::seconds{30};
    std::size_t body_rate = kib;

    /// The bytes of bodies that may be on their way at a time, over all connections. Once more than
    /// half of them are, a body has to come with `short_body_rate`, after `short_body_time`.
    std::size_t bodies = 256 * mib;
    std::chrono::milliseconds short_body_time = std::chrono::seconds{5};
    std::size_t short_body_rate = 64 * kib;

    /// How long so many bytes of an answer may take.
    [[nodiscard]] std::chrono::milliseconds transfer_time(std::size_t bytes) const
    {
        const std::size_t earned = body_rate > 0 ? bytes * 1000 / body_rate : 0;
        return body_time + std::chrono::milliseconds{earned};
    }

    /// Between two requests.
    std::chrono::milliseconds idle_time = std::chrono::seconds{60};

    /// After an early refusal, so that a client that sends its whole body first gets to read the
    /// answer: how long it may pause, how long it may send, and how much.
    std::chrono::milliseconds discard_time = std::chrono::seconds{2};
    std::chrono::milliseconds linger_time = std::chrono::seconds{10};
    std::size_t discard = 128 * mib;

    /// What a client may say over a WebSocket in one message, how much may wait to be said to it,
    /// and how long it may take to read that. It is pinged after half of `idle_time`.
    std::size_t websocket_message = 64 * kib;
    std::size_t websocket_backlog = 4 * mib;
    std::chrono::milliseconds websocket_write_time = std::chrono::seconds{10};

    /// Zero means no bound. Loopback clients do not count per address; IPv6 clients count by the
    /// first 64 bits of theirs.
    std::size_t connections = 10'000;
    std::size_t connections_per_address = 100;

    /// Shorter answers are not worth compressing.
    std::size_t compress_from = kib;
};

} // namespace penstock::host::http
