// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "client.hpp"

#include "characters.hpp"
#include "host/net/tls/tls_trust.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <array>

namespace penstock::host::http
{

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

// Beast rather than plain sockets: reading an answer with deadlines and chunks is what it does, and
// an answer that overtakes its request takes two operations at a time.
class client::connection
{
public:
    connection(const settings& with, asio::ssl::context* trust) : with_{with}
    {
        if (trust != nullptr)
        {
            secure_ = std::make_unique<asio::ssl::stream<beast::tcp_stream&>>(stream_, *trust);
        }
    }

    using clock = std::chrono::steady_clock;

    error_code open(const url& to, clock::time_point deadline)
    {
        error_code error;
        const auto found = resolver_.resolve(to.host, std::to_string(to.port), error);
        if (!error)
        {
            stream_.expires_at(within(deadline));
            stream_.async_connect(found, [&](error_code outcome, const auto&) { error = outcome; });
            run();
        }
        if (!error)
        {
            stream_.socket().set_option(asio::ip::tcp::no_delay{true}, error);
        }
        if (!error && secure_)
        {
            expect_host(*secure_, to);
            stream_.expires_at(within(deadline));
            secure_->async_handshake(asio::ssl::stream_base::client,
                                     [&](error_code outcome) { error = outcome; });
            run();
        }
        return error;
    }

    boost::system::result<response> exchange(std::string_view head, std::string_view body,
                                             bool head_only, clock::time_point deadline)
    {
        stream_.expires_at(within(deadline));
        return secure_ ? exchange_over(*secure_, head, body, head_only)
                       : exchange_over(stream_, head, body, head_only);
    }

    /// Returns whether the last exchange ended before anything of its answer came.
    bool silent() const { return silent_; }

    bool reusable() const { return reusable_; }

private:
    [[nodiscard]] clock::time_point within(clock::time_point deadline) const
    {
        return std::min(clock::now() + with_.timeout, deadline);
    }

    template <class Stream>
    boost::system::result<response> exchange_over(Stream& stream, std::string_view head,
                                                  std::string_view body, bool head_only)
    {
        beast::http::response_parser<beast::http::string_body> answer;
        answer.body_limit(with_.answer_limit);
        answer.skip(head_only);
        bool sent = false;
        error_code read_error;
        const std::array<asio::const_buffer, 2> parts{asio::buffer(head), asio::buffer(body)};
        asio::async_write(stream, parts, [&](error_code error, std::size_t) { sent = !error; });
        beast::http::async_read(stream, buffer_, answer,
                                [&](error_code error, std::size_t)
                                {
                                    read_error = error;
                                    if (!sent)
                                    {
                                        stream_.cancel();
                                    }
                                });
        run();
        silent_ = !answer.got_some();
        if (read_error)
        {
            return read_error;
        }
        reusable_ = sent && answer.get().keep_alive();
        response made{.status = answer.get().result_int(), .headers = {}, .body = {}};
        for (const auto& field : answer.get())
        {
            made.headers.add(field.name_string(), field.value());
        }
        made.body = std::move(answer.get().body());
        return made;
    }

    void run()
    {
        context_.restart();
        context_.run();
    }

    const settings& with_;
    asio::io_context context_{1};
    asio::ip::tcp::resolver resolver_{context_};
    beast::tcp_stream stream_{context_};
    std::unique_ptr<asio::ssl::stream<beast::tcp_stream&>> secure_; // over the stream
    beast::flat_buffer buffer_;
    bool silent_ = false;
    bool reusable_ = false;
};

client::client(const url& host, settings with)
    : host_{host}, with_{std::move(with)}, trust_{trust_for(host_, with_.who)}
{
}

client::~client() = default;

boost::system::result<response> client::send(std::string_view method, std::string_view target,
                                             const header_list& headers, std::string_view body)
{
    const bool bracketed = host_.host.find(':') != std::string::npos;
    std::string head;
    head.append(method).append(" ").append(host_.prefix).append(target).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(bracketed ? "[" + host_.host + "]" : host_.host);
    head.append(":").append(std::to_string(host_.port)).append("\r\n");
    if (!with_.who.token.empty())
    {
        head.append("Authorization: Bearer ").append(with_.who.token).append("\r\n");
    }
    for (const auto& [name, value] : headers)
    {
        if (!is_token(name) || std::ranges::any_of(value, is_control))
        {
            return make_error_code(boost::system::errc::invalid_argument);
        }
        head.append(name).append(": ").append(value).append("\r\n");
    }
    if (!body.empty() || method == "POST" || method == "PUT")
    {
        head.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    }
    head.append("\r\n");

    for (auto kept = std::move(kept_);; kept.reset())
    {
        const bool fresh = !kept;
        if (fresh)
        {
            kept = std::make_unique<connection>(with_, trust_.get());
            if (const auto error = kept->open(host_, deadline_))
            {
                return error;
            }
        }
        auto answer = kept->exchange(head, body, method == "HEAD", deadline_);
        // The host may have closed a kept connection just before; nothing was answered, so the
        // request goes out once more. Only once: the next connection is fresh.
        if (answer.has_error() && !fresh && kept->silent() &&
            answer.error() != beast::error::timeout)
        {
            continue;
        }
        if (answer.has_value() && kept->reusable())
        {
            kept_ = std::move(kept);
        }
        return answer;
    }
}

} // namespace penstock::host::http
