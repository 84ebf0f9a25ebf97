// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "limits.hpp"
#include "message.hpp"
#include "refusal.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace penstock::host::http
{

/// Looks for the end of a header block in what has come so far: its length with the empty line,
/// nothing while it is incomplete. Refuses at the first byte that no header may contain (a bare CR
/// or LF, a control character) and when the block outgrows its limit, so that a hopeless client
/// does not get to wait. `seen` bytes were looked at by an earlier call.
checked<std::optional<std::size_t>> end_of_head(std::string_view received, std::size_t seen,
                                                const limits& bounds);

/// The most digits of a Content-Length: so many always fit 64 bits.
inline constexpr std::size_t longest_length = 19;

/// The way in which the message that starts with a header block is delimited.
struct framing
{
    unsigned version = 11;
    std::optional<std::uint64_t> content_length;
    bool chunked = false;
    bool expects_continue = false;
    bool keep_alive = true;

    bool has_body() const noexcept { return chunked || content_length.value_or(0) > 0; }
};

/// The parts of a request's target.
struct target_parts
{
    std::string_view authority; ///< of an absolute target, as `http://HOST:PORT/data`; or empty
    std::string_view path_and_query; ///< `/` if an absolute target ends with its authority
};

/// Splits a target in origin form or absolute form (RFC 9112, 3.2). Does not check it.
target_parts split_target(std::string_view target) noexcept;

/// What the first line of a request says, as views into it, and how its message is delimited.
struct request_head
{
    std::string_view method;
    target_parts target;
    framing framed;
};

/// Reads a header block that end_of_head() found, with its empty line, and accepts it only if no
/// reader could delimit the message in another way: a list of what is allowed, not of known
/// attacks. What it refuses ends the connection, because it is unknown where the next request would
/// start. `fields` become those of the block.
checked<request_head> read_head(std::string_view head, const limits& bounds, header_list& fields);

} // namespace penstock::host::http
