// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "chunk_parser.hpp"

#include "characters.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace penstock::host::http
{

namespace beast = boost::beast;

namespace
{

bool has_bare_line_end(std::string_view line)
{
    for (std::size_t at = 0; at < line.size(); ++at)
    {
        const bool after_cr = at > 0 && line[at - 1] == '\r';
        if ((line[at] == '\n') != after_cr)
        {
            return true;
        }
    }
    return false;
}

/// Returns whether a body without any chunk may have begun, of which Beast 1.81 must not see the
/// line "0" twice before five bytes have come: it asserts that, and would end the process.
bool is_begun_end(std::string_view bytes)
{
    constexpr std::size_t shortest = std::string_view{"0\r\n\r\n"}.size();
    return bytes.size() < shortest && bytes.starts_with('0') && !has_bare_line_end(bytes);
}

} // namespace

refusal body_over_limit(const limits& bounds)
{
    return {413,
            "body: over its limit; expected at most " + std::to_string(bounds.body) + " bytes"};
}

chunk_parser::chunk_parser(const limits& bounds, std::string& into) : bounds_{bounds}, into_{into}
{
    header_limit(static_cast<std::uint32_t>(
        std::min<std::size_t>(bounds.header, std::numeric_limits<std::uint32_t>::max())));
    body_limit(boost::none); // counted below, where 413 and 400 can be told apart
}

checked<std::size_t> chunk_parser::feed(std::string_view bytes)
{
    beast::error_code error;
    const auto used = put(boost::asio::buffer(bytes.data(), bytes.size()), error);
    if (refused_)
    {
        return *refused_;
    }
    if (error && error != beast::http::error::need_more)
    {
        return refusal{400, started_body_ ? "body: bad chunk; expected SIZE, bytes, line end"
                                          : "header: malformed; expected NAME: VALUE lines"};
    }
    // What is left is part of a chunk's line; Beast would wait for the right line end for ever.
    if (started_body_ && !is_done() && has_bare_line_end(bytes.substr(used)))
    {
        return refusal{400, "body: a bare line end in a chunk's line; expected CR LF"};
    }
    return used;
}

checked<std::size_t> chunk_parser::feed_body(std::string_view bytes)
{
    if (!started_body_)
    {
        started_body_ = true;
        eager(true);
    }
    if (is_done() || bytes.empty() || is_begun_end(bytes))
    {
        return std::size_t{0};
    }
    return feed(bytes);
}

void chunk_parser::on_field_impl(beast::http::field, view, view, error_code& error)
{
    if (started_body_ && ++trailers_ > bounds_.header_fields) // discarded: RFC 9110, 6.5.1
    {
        refuse({431, "body: too many trailers; expected at most " +
                         std::to_string(bounds_.header_fields)},
               error);
    }
}

void chunk_parser::on_chunk_header_impl(std::uint64_t size, view extension, error_code& error)
{
    if (extension.size() > bounds_.chunk_extension)
    {
        refuse({400, "body: chunk extension over its limit; expected none"}, error);
    }
    else if (std::ranges::any_of(extension, is_control))
    {
        refuse({400, "body: control character in a chunk's line; expected none"}, error);
    }
    else if (size > bounds_.body - into_.size())
    {
        refuse(body_over_limit(bounds_), error);
    }
}

std::size_t chunk_parser::on_chunk_body_impl(std::uint64_t, view bytes, error_code& error)
{
    if (bytes.size() > bounds_.body - into_.size())
    {
        refuse(body_over_limit(bounds_), error);
        return 0;
    }
    into_.append(bytes.data(), bytes.size());
    return bytes.size();
}

void chunk_parser::refuse(refusal why, error_code& error)
{
    refused_ = std::move(why);
    error = beast::http::error::bad_value;
}

} // namespace penstock::host::http
