// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "pull_consumer.hpp"
#include "received_message.hpp"
#include "server.hpp"

#include "../brokers/heartbeat.hpp"
#include "../brokers/in_flight.hpp"
#include "../brokers/open_positions.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace nats_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;
using knowledge = brokers::open_positions::knowledge;

class read_stream final : public penstock::source
{
public:
    // So long it does not look for messages while others are under way.
    read_stream() : source({.idle = 5ms}) {}

    // What is under way comes again; others need not wait for it.
    ~read_stream() override
    {
        heartbeat_.reset();
        if (consumer_ != nullptr && !open_.empty())
            consumer_->give_back(open_.handles());
    }

private:
    server from{*this};
    penstock::parameter<std::string> stream{*this, "stream", penstock::no_default,
                                            "The stream to read; it must be there.",
                                            penstock::example{"ORDERS"}};
    penstock::parameter<std::string> consumer{
        *this, "consumer", penstock::no_default,
        "The durable consumer: those who read by it share its messages. One that is not there is "
        "made, and one that is there is taken as it is, but not with max_deliver. One that is "
        "deleted while it is read is made anew, and begins where begin says. Another graph that is "
        "to read the same messages has another consumer.",
        penstock::example{"workers"}};
    penstock::parameter<std::string> subject{
        *this, "subject", "",
        "The subjects of the stream to read, for a consumer that is made, with * for one word and "
        "> for all further ones. If empty, all.",
        penstock::example{"orders.>"}};
    penstock::parameter<std::string> begin{*this, "begin", "earliest",
                                           "Where a consumer that is made begins: at the earliest "
                                           "message that is there, or behind the "
                                           "latest.",
                                           penstock::choices{"earliest", "latest"}};
    penstock::parameter<std::chrono::milliseconds> ack_wait{
        *this, "ack_wait", 30s,
        "How long a host gives no sign of a message, until it is given out again, for a consumer "
        "that is made. Hosts give one three times in that time, also while a sink is away.",
        penstock::range{300, 86'400'000}};
    penstock::parameter<std::uint32_t> deliveries{
        *this, "deliveries", 20,
        "How often a message is given out: one that comes after that becomes a dead letter. 0: as "
        "often as the server likes.",
        penstock::range{0, 1'000'000}};

    penstock::counter messages{*this, "messages", "Messages that were read."};
    penstock::counter redelivered{*this, "redelivered", "Those that had been given out before."};
    penstock::counter refused{*this, "refused",
                              "Messages that were given out too often and became dead letters."};

    std::unique_ptr<pull_consumer> consumer_;
    brokers::open_positions open_;
    std::vector<std::string> ended_;                // handles of what came again
    std::unique_ptr<brokers::heartbeat> heartbeat_; // last: it uses the rest

    void check(penstock::problems& found) const override
    {
        from.check(found);
        const auto is_name = [](const std::string& text)
        { return text.find_first_of(". \t*>/\\") == std::string::npos; };
        if (stream->empty() || !is_name(*stream))
            found.add(stream, "is no name of a stream; one without dots and white space was "
                              "expected");
        if (consumer->empty() || !is_name(*consumer))
            found.add(consumer, "is no name of a consumer; one without dots and white space was "
                                "expected");
    }

    void start() override { from.start(); }

    template <class Work>
    auto at_the_server(const Work& work)
    {
        try
        {
            return penstock::blocking(work);
        }
        catch (const nats_error& error)
        {
            from.put_back();
            throw penstock::unavailable(name_ + ": " + error.what());
        }
    }

    void connect() override
    {
        penstock::blocking(
            [&]
            {
                heartbeat_.reset();
                consumer_.reset();
            });
        std::unique_ptr<connection> fresh = from.connect();
        name_ = fresh->name();
        const consumer_settings how{.stream = *stream,
                                    .name = *consumer,
                                    .subject = *subject,
                                    .begins_at_end = *begin == "latest",
                                    .ack_wait = *ack_wait,
                                    .time = from.time()};
        consumer_ =
            at_the_server([&] { return std::make_unique<pull_consumer>(std::move(fresh), how); });
        open_.reconnect();
        ended_.clear();
        heartbeat_ = std::make_unique<brokers::heartbeat>(
            std::max<std::chrono::milliseconds>(consumer_->ack_wait() / 3, 50ms), beat());
    }

    // By a connection of its own, which is opened anew: reading may wait for the graph.
    [[nodiscard]] std::function<void()> beat()
    {
        return [this, how = from.current(), by = std::shared_ptr<connection>()]() mutable
        {
            const std::vector<std::string> handles = open_.handles();
            if (handles.empty())
                return;
            std::shared_ptr<connection> with = std::exchange(by, nullptr); // until it has done it
            if (with == nullptr)
                with = std::make_shared<connection>(how);
            pull_consumer::keep(*with, handles);
            by = std::move(with);
        };
    }

    bool read() override
    {
        if (const std::string trouble = heartbeat_->trouble(); !trouble.empty())
        {
            from.put_back();
            throw penstock::unavailable(name_ + ": " + trouble);
        }
        constexpr int most_pauses = 3; // until the host is heard again
        for (int i = 0; i < most_pauses; ++i)
        {
            constexpr std::size_t at_a_time = 256;
            const std::size_t in_flight = brokers::in_flight_of(*this);
            if (open_.size() >= in_flight)
                break;
            const std::size_t most = std::min(at_a_time, in_flight - open_.size());
            // What is under way is to be acknowledged at once, and not after a pause.
            std::vector<received_message> found =
                at_the_server([&] { return consumer_->take(most, open_.empty() ? 100ms : 5ms); });
            for (received_message& each : found)
                give(std::move(each));
            if (!found.empty() || !open_.empty())
                break;
        }
        if (!ended_.empty())
            at_the_server([&] { consumer_->acknowledge(ended_); });
        ended_.clear();
        return true;
    }

    void give(received_message&& what)
    {
        messages.add();
        if (what.deliveries > 1)
            redelivered.add();
        const std::string key = std::to_string(what.number);
        const std::string handle = what.handle;
        const std::uint64_t before = what.deliveries - 1;
        json::value position = json::array{json::string(*stream), what.number};
        penstock::packet made = packet_of(std::move(what), *stream);
        switch (open_.arrive(key, handle))
        {
        case knowledge::under_way: return;
        case knowledge::ended: ended_.push_back(handle); [[fallthrough]];
        case knowledge::expected: return emit(std::move(position), std::move(made));
        case knowledge::refused: return refuse(std::move(position), std::move(made), {});
        case knowledge::nothing: break;
        }
        if (*deliveries == 0 || before < *deliveries)
            return emit(std::move(position), std::move(made));
        refused.add();
        open_.refuse(key);
        refuse(std::move(position), std::move(made),
               "was delivered " + std::to_string(before) + " times and not acknowledged; at most " +
                   std::to_string(*deliveries) + " deliveries were expected");
    }

    void acknowledge(const std::vector<json::value>& positions) override
    {
        std::vector<std::string> keys;
        std::vector<std::string> handles;
        for (const json::value& each : positions)
        {
            keys.push_back(std::to_string(each.as_array().at(1).to_number<std::uint64_t>()));
            if (std::string handle = open_.handle_of(keys.back()); !handle.empty())
                handles.push_back(std::move(handle));
        }
        at_the_server([&] { consumer_->acknowledge(handles); });
        for (const std::string& each : keys)
            open_.forget(each);
    }

    std::string name_; // of the server
};

} // namespace

extern constinit const penstock::component_entry source_entry = penstock::component_of<read_stream>(
    "source", penstock::category::adapter,
    "Reads messages from a stream of NATS JetStream by a durable consumer, and acknowledges each "
    "when everything made from it has ended.");

} // namespace nats_package
