// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "broker_access.hpp"
#include "components.hpp"
#include "consumer.hpp"
#include "open_deliveries.hpp"
#include "session.hpp"

#include "../brokers/fresh_name.hpp"
#include "../brokers/in_flight.hpp"
#include "../brokers/message_body.hpp"
#include "../packets/fnv1a.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace amqp_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;

class read_queue final : public penstock::source
{
public:
    // So long it does not look for messages while others are under way.
    read_queue() : source({.idle = 5ms}) {}

private:
    broker_access broker{*this};
    penstock::parameter<std::string> queue{*this, "queue", penstock::no_default,
                                           "The queue to read; it must be there.",
                                           penstock::example{"orders"}};
    penstock::parameter<std::uint32_t> prefetch{
        *this, "prefetch", 200,
        "The most messages that the broker gives out before they are acknowledged, and no more "
        "than in_flight; a bound of memory, if they are large. in_flight beyond it has no "
        "meaning.",
        penstock::range{1, 65'535}};
    penstock::parameter<std::string> consumer_name{
        *this, "consumer", "",
        "The consumer's name, which the broker shows; if empty, it makes one."};
    penstock::parameter<std::uint32_t> deliveries{
        *this, "deliveries", 20,
        "How often a message is delivered, by the count of a quorum queue: one that comes after "
        "that becomes a dead letter. Each connection that is lost counts, and each time the "
        "consumer_timeout of the broker passes while a sink is away. 0: as often as the broker "
        "likes.",
        penstock::range{0, 1'000'000}};
    penstock::parameter<std::chrono::seconds> heartbeat{
        *this, "heartbeat", 10s,
        "How long broker and source may hear nothing of each other: after twice that time the "
        "broker gives the messages to others.",
        penstock::range{1, 3600}};

    penstock::counter messages{*this, "messages", "Messages that were read."};
    penstock::counter redelivered{*this, "redelivered", "Those that had been delivered before."};
    penstock::counter refused{*this, "refused",
                              "Messages that were delivered too often and became dead letters."};

    std::unique_ptr<consumer> consumer_;
    open_deliveries open_{brokers::fresh_name()};
    // So that two texts of one hash are not the same in every run. The hash is no cryptographic one:
    // who can publish under an id may find such texts all the same.
    const std::uint64_t seed_ = std::random_device()();

    void check(penstock::problems& found) const override
    {
        broker.check(found);
        if (queue->empty())
            found.add(queue, "is empty; the name of a queue was expected");
    }

    void start() override { broker.start(); }

    // Messages beyond in_flight would wait here, and be counted as delivered when the connection is
    // lost.
    void connect() override
    {
        consumer_.reset();
        open_.reconnect();
        std::unique_ptr<session> fresh = broker.connect(*heartbeat);
        const std::string name = fresh->name();
        const consumer_settings how{
            *queue, *consumer_name,
            static_cast<std::uint16_t>(std::min(*prefetch, brokers::in_flight_of(*this)))};
        try
        {
            consumer_ = penstock::blocking(
                [&] { return std::make_unique<consumer>(std::move(fresh), how); });
        }
        catch (const broker_error& error)
        {
            broker.put_back();
            throw penstock::unavailable(name + ": " + error.what());
        }
    }

    template <class Work>
    auto at_the_broker(Work&& work)
    {
        try
        {
            return work();
        }
        catch (const broker_error& error)
        {
            broker.put_back();
            throw penstock::unavailable(consumer_->name() + ": " + error.what());
        }
    }

    template <class Work>
    auto wait_at_the_broker(Work&& work)
    {
        return at_the_broker([&] { return penstock::blocking(work); });
    }

    bool read() override
    {
        constexpr int most_pauses = 3; // until the host is heard again
        constexpr std::size_t most_messages = 64;
        for (int i = 0; i < most_pauses; ++i)
        {
            // What is under way is to be acknowledged at once, and not after a pause.
            std::vector<delivered_message> found =
                open_.empty()
                    ? wait_at_the_broker([&] { return consumer_->take(most_messages, 100ms); })
                    : at_the_broker([&] { return consumer_->take(most_messages, 0ms); });
            for (delivered_message& each : found)
                give(std::move(each));
            acknowledge_ended();
            if (!found.empty() || !open_.empty())
                break;
        }
        return true;
    }

    void acknowledge(const std::vector<json::value>& positions) override
    {
        for (const json::value& each : positions)
            open_.end(each);
        acknowledge_ended();
        // None of them may get lost on the way: this may be the last call of all.
        while (!wait_at_the_broker([&] { return consumer_->await_acknowledged(100ms); }))
            continue;
    }

    void acknowledge_ended()
    {
        if (const std::optional<std::uint64_t> last = open_.take_ended())
            at_the_broker([&] { consumer_->acknowledge(*last); });
    }

    // A message that an earlier connection has brought is told to the host again, which knows what
    // becomes of it.
    void give(delivered_message&& what)
    {
        messages.add();
        if (what.is_redelivered)
            redelivered.add();
        open_deliveries::arrival came =
            open_.arrive(what.tag, what.id, packets::fnv1a(what.body, seed_));
        const std::uint64_t before = count_of(what.headers);
        penstock::packet made = packet_of(std::move(what));
        switch (came.before)
        {
        case open_deliveries::knowledge::ended:
        case open_deliveries::knowledge::copy: return;
        case open_deliveries::knowledge::under_way:
        case open_deliveries::knowledge::just_ended:
            return emit(std::move(came.position), std::move(made));
        case open_deliveries::knowledge::refused:
            return refuse(std::move(came.position), std::move(made), {});
        case open_deliveries::knowledge::nothing: break;
        }
        if (*deliveries == 0 || before < *deliveries)
            return emit(std::move(came.position), std::move(made));
        refused.add();
        open_.refuse(came.position);
        refuse(std::move(came.position), std::move(made),
               "was delivered " + std::to_string(before) + " times and not acknowledged; at most " +
                   std::to_string(*deliveries) + " deliveries were expected");
    }

    static std::uint64_t count_of(const json::object& headers)
    {
        const json::value* count = headers.if_contains("x-delivery-count");
        return count != nullptr && count->is_int64() && count->get_int64() > 0
                   ? static_cast<std::uint64_t>(count->get_int64())
                   : 0;
    }

    static penstock::packet packet_of(delivered_message&& from)
    {
        penstock::packet made;
        for (auto& [name, value] : from.headers)
            made.set_meta(name, std::move(value));
        for (auto& [name, value] : from.further)
            made.set_meta(name, std::move(value));
        brokers::set_type(made, from.type);
        if (!from.id.empty())
            made.set_meta("message_id", from.id);
        if (!from.exchange.empty())
            made.set_meta("exchange", from.exchange);
        made.set_meta("routing_key", from.routing_key);
        if (from.is_redelivered)
            made.set_meta("redelivered", true);
        made.set_data(penstock::bytes(std::move(from.body)));
        return made;
    }
};

} // namespace

extern constinit const penstock::component_entry source_entry = penstock::component_of<read_queue>(
    "source", penstock::category::adapter,
    "Reads messages from a queue of RabbitMQ, by AMQP 0-9-1, and acknowledges each when everything "
    "made from it has ended.");

} // namespace amqp_package
