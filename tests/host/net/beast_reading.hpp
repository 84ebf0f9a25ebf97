// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/framing.hpp"
#include "host/net/reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace penstock::host::http::testing
{

/// What a request's header says, as text, so that two readings of it can be compared.
class told_head
{
public:
    /// As the reader reads it, once it has.
    explicit told_head(reader& from)
    {
        const request& read = from.current();
        begin(read.head_only ? "HEAD" : read.method, read.target, read.version);
        for (const auto [name, value] : read.headers)
            add(name, value);
        end(from.framed().chunked, from.framed().content_length);
    }

    /// As Beast reads it; nothing if that refuses it.
    static std::optional<std::string> by_beast(std::string_view block)
    {
        told_head told;
        class parser final : public boost::beast::http::basic_parser<true>
        {
        public:
            explicit parser(told_head& into) : into_(into) {}

        private:
            using text = boost::beast::string_view;
            using failed = boost::beast::error_code;

            void on_request_impl(boost::beast::http::verb, text method, text target, int version,
                                 failed&) override
            {
                parts_ = split_target({target.data(), target.size()});
                into_.begin(method, parts_.path_and_query, static_cast<unsigned>(version));
            }

            void on_field_impl(boost::beast::http::field, text name, text value, failed&) override
            {
                has_host_ = has_host_ || same_token(name, "Host");
                into_.add(name, value);
            }

            void on_header_impl(failed&) override
            {
                if (!has_host_ && !parts_.authority.empty())
                    into_.add("Host", parts_.authority);
            }

            void on_response_impl(int, text, int, failed&) override {}
            void on_body_init_impl(const boost::optional<std::uint64_t>&, failed&) override {}
            std::size_t on_body_impl(text, failed&) override { return 0; }
            void on_chunk_header_impl(std::uint64_t, text, failed&) override {}
            std::size_t on_chunk_body_impl(std::uint64_t, text, failed&) override { return 0; }
            void on_finish_impl(failed&) override {}

            told_head& into_;
            target_parts parts_;
            bool has_host_ = false;
        };
        parser reads(told);
        boost::beast::error_code error;
        const std::size_t used = reads.put(boost::asio::buffer(block.data(), block.size()), error);
        if (error || used != block.size() || !reads.is_header_done())
            return std::nullopt;
        std::optional<std::uint64_t> length;
        if (const auto told_length = reads.content_length())
            length = *told_length;
        told.end(reads.chunked(), length);
        return told.text();
    }

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    told_head() = default;

    void begin(std::string_view method, std::string_view target, unsigned version)
    {
        text_.append(method).append(" ").append(target).append(" ").append(std::to_string(version));
    }

    void add(std::string_view name, std::string_view value)
    {
        text_.append("\n").append(name).append(": ").append(value);
    }

    void end(bool chunked, std::optional<std::uint64_t> length)
    {
        text_ += chunked ? "\nin chunks" : length ? "\n" + std::to_string(*length) : "\nno body";
    }

    std::string text_;
};

} // namespace penstock::host::http::testing
