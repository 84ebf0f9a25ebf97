// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "listener.hpp"
#include "records.hpp"
#include "request_queue.hpp"

#include <penstock/sdk.hpp>

#include <boost/asio/ip/address.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace otlp_package
{
namespace
{

using namespace std::chrono_literals;

constexpr std::size_t at_once = 1'000;                       // records
constexpr std::size_t shared_at_once = std::size_t{8} << 20; // bytes

class take_requests final : public penstock::source
{
public:
    // So long it does not look for requests while others are under way.
    take_requests() : source({.in_flight = 10'000, .idle = 5ms}) {}

private:
    penstock::parameter<std::string> address{
        *this, "address", "127.0.0.1",
        "The address of the interface to listen at; 0.0.0.0 or :: for all of them. There is no "
        "TLS: "
        "what comes from other machines goes through a proxy that has it.",
        penstock::example{"0.0.0.0"}};
    penstock::parameter<std::uint32_t> port{*this, "port", 4318, "The port to listen at.",
                                            penstock::range{1, 65'535}};
    penstock::parameter<penstock::secret> token{
        *this, "token", penstock::secret(),
        "What requests must name, as Authorization: Bearer TOKEN. If empty, anybody may send who "
        "reaches the port."};
    penstock::parameter<penstock::byte_count> body_limit{
        *this, "body_limit", penstock::byte_count{4 << 20},
        "The most bytes of a request, packed or not; a larger one is answered with 413."};
    penstock::parameter<penstock::byte_count> queue_limit{
        *this, "queue_limit", penstock::byte_count{16 << 20},
        "About the most bytes of requests that are not answered yet; a further one is answered "
        "with 503."};
    penstock::parameter<std::uint32_t> connections{*this, "connections", 256,
                                                   "The most connections; further ones are closed.",
                                                   penstock::range{1, 10'000}};
    penstock::parameter<std::chrono::milliseconds> wait{
        *this, "wait", 5s,
        "How long a request may wait for a graph that is full, until it is answered with 503.",
        penstock::range{1, 600'000}};

    penstock::counter records{*this, "records", "Log records, spans and data points received."};

    void check(penstock::problems& found) const override
    {
        boost::system::error_code error;
        (void)boost::asio::ip::make_address(*address, error);
        if (error)
            found.add(address, "is no address; one as 127.0.0.1 was expected");
        if (token->reveal().find_first_of(std::string_view(" \r\n\0", 4)) != std::string::npos)
            found.add(token, "has blanks or several lines; one word was expected");
        if (const auto most = static_cast<std::uint64_t>(*body_limit);
            most < 1 || most > (std::uint64_t{1} << 30))
            found.add(body_limit, "is out of range; 1 byte to 1GiB was expected");
        if (static_cast<std::uint64_t>(*queue_limit) < 1)
            found.add(queue_limit, "is 0; at least 1 byte was expected");
    }

    void connect() override
    {
        if (listener_ != nullptr)
            return;
        queue_ = std::make_unique<request_queue>(static_cast<std::size_t>(*queue_limit));
        try
        {
            listener_ = std::make_unique<listener>(
                listener_settings{.address = *address,
                                  .port = static_cast<std::uint16_t>(*port),
                                  .token = token->reveal(),
                                  .body_bytes = static_cast<std::size_t>(*body_limit),
                                  .connections = *connections,
                                  .wait = *wait},
                *queue_);
        }
        catch (const boost::system::system_error& error)
        {
            throw penstock::unavailable(*address + ":" + std::to_string(*port) +
                                        ": cannot be listened at: " + error.code().message());
        }
    }

    bool read() override
    {
        if (held_ == 0)
            penstock::blocking([this] { queue_->wait(300ms); });
        for (queued_record& each : queue_->take(at_once, shared_at_once))
        {
            penstock::packet made(fields_of(std::move(each.content)));
            made.set_meta("otlp", name_of(each.of));
            emit(penstock::json::value(each.position), std::move(made));
            ++held_;
            records.add();
        }
        return true;
    }

    void acknowledge(const std::vector<penstock::json::value>& positions) override
    {
        held_ -= positions.size();
        queue_->end(positions.size());
    }

    std::unique_ptr<request_queue> queue_;
    std::unique_ptr<listener> listener_; // uses the queue
    std::size_t held_ = 0;               // by the graph
};

} // namespace

extern constinit const penstock::component_entry source_entry =
    penstock::component_of<take_requests>(
        "source", penstock::category::adapter,
        "Receives logs, traces and metrics of OpenTelemetry by OTLP over HTTP, and answers a "
        "request when everything made from it has ended.");

} // namespace otlp_package
