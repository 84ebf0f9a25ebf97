// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "reader.hpp"

#include "characters.hpp"
#include "query.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <limits>
#include <optional>

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

/// Writes what Beast finds straight into a request, without a container of fields in between.
class reader::parser final : public beast::http::basic_parser<true>
{
public:
    explicit parser(const limits& bounds) : bounds_{bounds}
    {
        header_limit(static_cast<std::uint32_t>(
            std::min<std::size_t>(bounds.header, std::numeric_limits<std::uint32_t>::max())));
        body_limit(boost::none); // counted below, where 413 and 400 can be told apart
    }

    checked<std::size_t> feed(std::string_view bytes)
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

    void start_body()
    {
        if (!started_body_)
        {
            started_body_ = true;
            received_.body.reserve(std::min(received_.content_length.value_or(0), bounds_.body));
            eager(true);
        }
    }

    request received_;

private:
    void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target,
                         int version, beast::error_code&) override
    {
        received_.head_only = std::string_view{method} == "HEAD";
        received_.method = received_.head_only ? "GET" : std::string_view{method};
        const auto parts = split_target({target.data(), target.size()});
        received_.target = parts.path_and_query;
        authority_ = parts.authority;
        received_.version = static_cast<unsigned>(version);
    }

    void on_response_impl(int, beast::string_view, int, beast::error_code&) override {}

    void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value,
                       beast::error_code& error) override
    {
        if (!started_body_)
        {
            received_.headers.add(name, value);
        }
        else if (++trailers_ > bounds_.header_fields) // discarded, as RFC 9110, 6.5.1 allows
        {
            refuse({431, "body: too many trailers; expected at most " +
                             std::to_string(bounds_.header_fields)},
                   error);
        }
    }

    void on_header_impl(beast::error_code&) override
    {
        if (!authority_.empty() && received_.headers.find("Host") == nullptr)
        {
            received_.headers.add("Host", authority_);
        }
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code&) override {}

    std::size_t on_body_impl(beast::string_view bytes, beast::error_code& error) override
    {
        return append(bytes, error);
    }

    void on_chunk_header_impl(std::uint64_t size, beast::string_view extension,
                              beast::error_code& error) override
    {
        if (extension.size() > bounds_.chunk_extension)
        {
            refuse({400, "body: chunk extension over its limit; expected none"}, error);
        }
        else if (std::ranges::any_of(extension, is_control))
        {
            refuse({400, "body: control character in a chunk's line; expected none"}, error);
        }
        else if (size > bounds_.body - received_.body.size())
        {
            refuse(over_limit(), error);
        }
    }

    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes,
                                   beast::error_code& error) override
    {
        return append(bytes, error);
    }

    void on_finish_impl(beast::error_code&) override {}

    std::size_t append(beast::string_view bytes, beast::error_code& error)
    {
        if (bytes.size() > bounds_.body - received_.body.size())
        {
            refuse(over_limit(), error);
            return 0;
        }
        received_.body.append(bytes.data(), bytes.size());
        return bytes.size();
    }

    refusal over_limit() const
    {
        return {413, "body: over its limit; expected at most " + std::to_string(bounds_.body) +
                         " bytes"};
    }

    void refuse(refusal why, beast::error_code& error)
    {
        refused_ = std::move(why);
        error = beast::http::error::bad_value;
    }

    const limits& bounds_;
    std::optional<refusal> refused_;
    std::size_t trailers_ = 0;
    std::string authority_; // of an absolute target
    bool started_body_ = false;
};

reader::reader(const limits& bounds) : bounds_{bounds} {}

reader::~reader() = default;

checked<void> reader::read_head(std::string_view block)
{
    const auto framed = check_framing(block, bounds_);
    if (framed.has_error())
    {
        return framed.error();
    }
    framed_ = *framed;
    parser_ = std::make_unique<parser>(bounds_);
    const auto used = parser_->feed(block);
    if (used.has_error())
    {
        return used.error();
    }
    // The two readings of one block must agree, or neither is to be trusted.
    const auto length = parser_->content_length();
    if (*used != block.size() || !parser_->is_header_done() ||
        parser_->chunked() != framed_.chunked ||
        length.has_value() != framed_.content_length.has_value() ||
        (length && *length != *framed_.content_length))
    {
        return refusal{400, "header: ambiguous; expected one way to read it"};
    }
    auto& head = current();
    const bool is_of_server = head.target == "*"; // which has no path
    auto path = decode_path(is_of_server ? "/" : head.target);
    auto query = decode_query(head.target);
    if (path.has_error() || query.has_error())
    {
        return path.has_error() ? path.error() : query.error();
    }
    head.path = std::move(*path);
    head.query = std::move(*query);
    head.content_length = framed_.content_length;
    head.has_body = framed_.has_body();
    return {};
}

checked<std::size_t> reader::read_body(std::string_view bytes)
{
    parser_->start_body();
    if (complete() || bytes.empty() || (framed_.chunked && is_begun_end(bytes)))
    {
        return std::size_t{0};
    }
    return parser_->feed(bytes);
}

bool reader::complete() const noexcept
{
    return parser_->is_done();
}

request& reader::current() noexcept
{
    return parser_->received_;
}

const framing& reader::framed() const noexcept
{
    return framed_;
}

} // namespace penstock::host::http
