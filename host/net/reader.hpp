// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "framing.hpp"
#include "limits.hpp"
#include "message.hpp"
#include "refusal.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host::http
{

class chunk_parser;

/// Turns the bytes of one connection into requests, one after the other; knows no socket and no
/// clock. A header is read by the framing rules, and bodies with a length need nothing more. Chunked
/// ones are read by Beast's parser, which gets the header too: only what both read alike goes on.
/// After a refusal the connection cannot be read any further.
class reader
{
public:
    /// The limits must outlive the reader.
    explicit reader(const limits& bounds);
    ~reader();

    /// Looks for a header block in what has come so far, as end_of_head() does, and starts a new
    /// request with it; returns its length, or nothing while it is incomplete.
    checked<std::optional<std::size_t>> take_head(std::string_view received, std::size_t seen);

    /// Takes some of the body and says how many bytes it used; what it leaves must be offered again
    /// with more behind it. Refuses a body over its limit (413) and malformed chunks: a
    /// long extension, a control character in its line. Trailers are discarded, up to the number of
    /// fields of a header (431).
    checked<std::size_t> read_body(std::string_view bytes);

    /// Returns whether the request that was started has all of its body.
    bool complete() const noexcept;

    /// How many bytes of its body have not come yet: at most, where a chunked one does not tell.
    std::uint64_t missing() const noexcept;

    /// The request so far; its body is only whole when `complete`. It stays where it is, and keeps
    /// its memory for the next one.
    request& current() noexcept { return received_; }

    const framing& framed() const noexcept { return framed_; }

    /// Lets go of what nobody took of a request that was handed on, and of what was found out for it
    /// alone. The memory of a short body stays with the thread.
    void let_go() noexcept;

private:
    [[nodiscard]] std::optional<std::size_t>
    digits_of_repeated(std::string_view received) const noexcept;
    std::size_t repeat_head(std::string_view received, std::size_t digits);
    checked<void> start(std::string_view block);
    void remember(std::string_view block);
    checked<std::size_t> read_known(std::string_view bytes);

    const limits& bounds_;
    framing framed_;
    request received_;

    // Of the header that was read last. Most clients send the same one all the time.
    std::string first_line_;    // with its line end; empty: it is not to be compared with
    std::size_t fields_ = 0;    // the bytes behind it
    std::size_t length_at_ = 0; // where among those the digits of Content-Length stand
    std::size_t length_size_ = 0;

    std::uint64_t missing_ = 0;              // of a body with a length
    std::unique_ptr<chunk_parser> chunks_{}; // of a chunked body
};

} // namespace penstock::host::http
