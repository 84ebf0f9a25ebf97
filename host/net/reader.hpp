// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "framing.hpp"
#include "limits.hpp"
#include "message.hpp"
#include "refusal.hpp"

#include <cstddef>
#include <memory>
#include <string_view>

namespace penstock::host::http
{

/// Turns the bytes of one connection into requests, one after the other; knows no socket and no
/// clock. The header passes the framing rules first and Beast's parser second; only what both
/// accept goes on. After a refusal the connection cannot be read any further.
class reader
{
public:
    /// The limits must outlive the reader.
    explicit reader(const limits& bounds);
    ~reader();

    /// Takes a whole header block and starts a new request with it.
    checked<void> read_head(std::string_view block);

    /// Takes some of the body and says how many bytes it used; what it leaves must be offered again
    /// with more behind it. Refuses a body over its limit (413) and malformed chunks: a
    /// long extension, a control character in its line. Trailers are discarded, up to the number of
    /// fields of a header (431).
    checked<std::size_t> read_body(std::string_view bytes);

    /// Returns whether the request that was started has all of its body.
    bool complete() const noexcept;

    /// The request so far; its body is only whole when `complete`.
    request& current() noexcept;

    const framing& framed() const noexcept;

private:
    class parser;

    const limits& bounds_;
    framing framed_;
    std::unique_ptr<parser> parser_;
};

} // namespace penstock::host::http
