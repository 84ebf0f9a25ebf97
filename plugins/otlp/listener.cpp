// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "listener.hpp"

#include "../packets/fnv1a.hpp"
#include "export_answer.hpp"
#include "gzip.hpp"
#include "json_form.hpp"
#include "protobuf_reader.hpp"
#include "texts.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <atomic>
#include <optional>
#include <stdexcept>
#include <thread>

namespace otlp_package
{
namespace
{

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using namespace std::chrono_literals;

constexpr auto idle_time = 2min;  // of a connection between two requests, or parts of one
constexpr auto retry_after = "1"; // seconds

std::optional<signal> signal_at(std::string_view target)
{
    target = target.substr(0, target.find('?'));
    constexpr std::string_view before = "/v1/";
    return target.starts_with(before) ? signal_of(target.substr(before.size())) : std::nullopt;
}

std::optional<encoding> encoding_of(std::string_view type)
{
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' '))
        type.remove_suffix(1);
    if (beast::iequals(type, "application/x-protobuf"))
        return encoding::protobuf;
    if (beast::iequals(type, "application/json"))
        return encoding::json;
    return std::nullopt;
}

// Takes as long for any text of the same length.
bool is_same(std::string_view a, std::string_view b)
{
    unsigned different = a.size() == b.size() ? 0 : 1;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
        different |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
    return different == 0;
}

/// One connection, which lives as long as something is under way on it. [the listener's thread]
class session : public std::enable_shared_from_this<session>
{
public:
    session(tcp::socket socket, const listener_settings& how, request_queue& to,
            std::shared_ptr<void> place)
        : stream_(std::move(socket)),
          timer_(stream_.get_executor()),
          how_(how),
          queue_(to),
          place_(std::move(place))
    {
    }

    void read()
    {
        parser_.emplace();
        parser_->body_limit(how_.body_bytes);
        parser_->header_limit(16 * 1024);
        stream_.expires_after(idle_time);
        http::async_read(stream_, buffer_, *parser_,
                         [self = shared_from_this()](beast::error_code error, std::size_t)
                         { self->has_read(error); });
    }

private:
    void has_read(beast::error_code error)
    {
        keeps_ = !error && parser_->get().keep_alive();
        as_ = encoding::json;
        if (error == http::error::body_limit)
            return refuse(http::status::payload_too_large, "the body is too large");
        if (error)
            return; // and so the connection ends
        const auto& request = parser_->get();
        const std::optional<encoding> as = encoding_of(request[http::field::content_type]);
        as_ = as.value_or(encoding::json);
        const std::optional<signal> of = signal_at(request.target());
        if (!how_.token.empty() &&
            !is_same(request[http::field::authorization], "Bearer " + how_.token))
            return refuse(http::status::unauthorized, "the token is missing or wrong");
        if (!of)
            return refuse(http::status::not_found,
                          "there is nothing; /v1/logs, /v1/traces or /v1/metrics was expected");
        if (request.method() != http::verb::post)
            return refuse(http::status::method_not_allowed, "POST was expected");
        if (!as)
            return refuse(http::status::unsupported_media_type,
                          "application/x-protobuf or application/json was expected");
        take(*of);
    }

    void take(signal of)
    {
        try
        {
            const std::string body = unpacked_body();
            std::vector<record> records = records_of(of, read_request(of, body));
            if (records.empty())
                return answer(http::status::ok, write_answer(as_));
            const std::uint64_t number =
                queue_.push(of, std::move(records), body.size(), hex_of(name_of_content(of, body)),
                            when_done());
            if (number == 0)
                return refuse(http::status::service_unavailable, "the graph is full");
            wait(number);
        }
        catch (const std::length_error& error)
        {
            refuse(http::status::payload_too_large, error.what());
        }
        catch (const std::exception& error)
        {
            refuse(http::status::bad_request, error.what());
        }
    }

    [[nodiscard]] std::string unpacked_body() const
    {
        const auto& request = parser_->get();
        const std::string_view coding = request[http::field::content_encoding];
        if (coding.empty() || beast::iequals(coding, "identity"))
            return request.body();
        if (!beast::iequals(coding, "gzip"))
            throw std::invalid_argument("the content-encoding is unknown; gzip was expected");
        return unpacked(request.body(), how_.body_bytes);
    }

    [[nodiscard]] json::object read_request(signal of, const std::string& body) const
    {
        return as_ == encoding::protobuf
                   ? read_protobuf(request_message(of), body)
                   : read_json(request_message(of), penstock::parse_json(body, {.depth = deepest}));
    }

    // The same when the request comes again.
    static std::string name_of_content(signal of, const std::string& body)
    {
        std::string name;
        for (const std::uint64_t seed : {std::uint64_t{1}, std::uint64_t{2}})
        {
            std::uint64_t hash =
                packets::fnv1a(body, seed * 0x9e3779b97f4a7c15U + static_cast<std::uint64_t>(of));
            for (int i = 0; i < 8; ++i, hash >>= 8U)
                name += static_cast<char>(hash & 0xffU);
        }
        return name;
    }

    std::function<void()> when_done()
    {
        return [self = shared_from_this(), executor = stream_.get_executor()] {
            asio::post(executor,
                       [self] { self->answer(http::status::ok, write_answer(self->as_)); });
        };
    }

    // What the graph has not begun with can still be refused, and comes again then.
    void wait(std::uint64_t number)
    {
        stream_.expires_never();
        timer_.expires_after(how_.wait);
        timer_.async_wait(
            [self = shared_from_this(), number](beast::error_code error)
            {
                if (!error && self->queue_.withdraw(number))
                    self->refuse(http::status::service_unavailable, "the graph is full");
            });
    }

    void refuse(http::status status, std::string_view why)
    {
        answer(status, write_refusal(as_, why));
    }

    void answer(http::status status, std::string body)
    {
        timer_.cancel();
        response_ = {status, 11};
        response_.set(http::field::content_type, media_type_of(as_));
        if (status == http::status::service_unavailable)
            response_.set(http::field::retry_after, retry_after);
        if (status == http::status::unauthorized)
            response_.set(http::field::www_authenticate, "Bearer");
        if (status == http::status::method_not_allowed)
            response_.set(http::field::allow, "POST");
        response_.keep_alive(keeps_);
        response_.body() = std::move(body);
        response_.prepare_payload();
        stream_.expires_after(idle_time);
        http::async_write(stream_, response_,
                          [self = shared_from_this()](beast::error_code error, std::size_t)
                          {
                              if (!error && self->keeps_)
                                  return self->read();
                              beast::error_code ignored;
                              (void)self->stream_.socket().shutdown(tcp::socket::shutdown_send,
                                                                    ignored);
                          });
    }

    beast::tcp_stream stream_;
    asio::steady_timer timer_;
    const listener_settings& how_;
    request_queue& queue_;
    std::shared_ptr<void> place_; // among the connections
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    http::response<http::string_body> response_;
    encoding as_ = encoding::json;
    bool keeps_ = false;
};

} // namespace

class listener::server
{
public:
    server(const listener_settings& how, request_queue& to)
        : how_(how),
          queue_(to),
          acceptor_(context_, tcp::endpoint(asio::ip::make_address(how.address), how.port))
    {
        accept();
        thread_ = std::thread([this] { context_.run(); });
    }

    ~server()
    {
        context_.stop();
        thread_.join();
        queue_.clear(); // before the context, which the sessions there need
    }

private:
    void accept()
    {
        acceptor_.async_accept(
            [this](beast::error_code error, tcp::socket socket)
            {
                if (error)
                    return accept_later();
                if (static_cast<std::size_t>(places_.use_count()) <= how_.connections)
                    std::make_shared<session>(std::move(socket), how_, queue_, places_)->read();
                accept();
            });
    }

    // As when there are no descriptors.
    void accept_later()
    {
        pause_.expires_after(100ms);
        pause_.async_wait([this](beast::error_code) { accept(); });
    }

    const listener_settings how_;
    request_queue& queue_;
    std::shared_ptr<void> places_ = std::make_shared<int>(0);
    asio::io_context context_{1};
    tcp::acceptor acceptor_;
    asio::steady_timer pause_{context_};
    std::thread thread_;
};

listener::listener(const listener_settings& how, request_queue& to)
    : server_(std::make_unique<server>(how, to))
{
}

listener::~listener() = default;

} // namespace otlp_package
