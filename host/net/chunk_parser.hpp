// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "limits.hpp"
#include "refusal.hpp"

#include <boost/beast/http/basic_parser.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host::http
{

/// The refusal of a body over its limit: 413.
[[nodiscard]] refusal body_over_limit(const limits& bounds);

/// Reads one request as Beast does: its header, to compare, and its chunked body.
class chunk_parser final : public boost::beast::http::basic_parser<true>
{
public:
    /// The body goes into `into`. Both outlive this object.
    chunk_parser(const limits& bounds, std::string& into);

    /// Reads some of the header, and returns how much it used. Refuses what is malformed: 400.
    checked<std::size_t> feed(std::string_view bytes);

    /// The same for the body, which begins with the first call, and its trailers. Refuses with 413
    /// and 431 too.
    checked<std::size_t> feed_body(std::string_view bytes);

private:
    using error_code = boost::beast::error_code;
    using view = boost::beast::string_view;

    void on_request_impl(boost::beast::http::verb, view, view, int, error_code&) override {}
    void on_response_impl(int, view, int, error_code&) override {}
    void on_field_impl(boost::beast::http::field, view, view, error_code& error) override;
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(view, error_code&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t size, view extension, error_code& error) override;
    std::size_t on_chunk_body_impl(std::uint64_t, view bytes, error_code& error) override;
    void on_finish_impl(error_code&) override {}

    void refuse(refusal why, error_code& error);

    const limits& bounds_;
    std::string& into_;
    std::optional<refusal> refused_;
    std::size_t trailers_ = 0;
    bool started_body_ = false;
};

} // namespace penstock::host::http
