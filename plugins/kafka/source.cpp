// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "broker_access.hpp"
#include "client.hpp"
#include "components.hpp"
#include "consumer.hpp"
#include "open_offsets.hpp"
#include "topic_name.hpp"

#include "../brokers/message_body.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace kafka_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;

class read_topics final : public penstock::source
{
public:
    // So long it does not look for messages while others are under way.
    read_topics() : source({.idle = 5ms}) {}

private:
    broker_access brokers{*this};
    penstock::parameter<std::vector<std::string>> topics{*this, "topics", penstock::no_default,
                                                         "The topics to read; they must be there.",
                                                         penstock::example{json::array{"orders"}}};
    penstock::parameter<std::string> group{
        *this, "group", penstock::no_default,
        "The consumer group: its members share the partitions, and it keeps how far each has "
        "come. Another graph that is to read the same messages has another group.",
        penstock::example{"workers"}};
    penstock::parameter<std::string> begin{
        *this, "begin", "earliest",
        "Where a partition is begun of which the group has committed nothing: at the earliest "
        "message that is there, or behind the latest.",
        penstock::choices{"earliest", "latest"}};
    penstock::parameter<std::string> assignment{
        *this, "assignment", "cooperative",
        "How partitions are shared, the same for all members: cooperative leaves each what it has, "
        "as far as possible; eager takes all away each time, as older clients do (range).",
        penstock::choices{"cooperative", "eager"}};
    penstock::parameter<std::chrono::seconds> session_timeout{
        *this, "session_timeout", 10s,
        "How long the group hears nothing of a host, until its partitions go to others. The "
        "brokers have bounds for it: from 6 s, unless configured otherwise.",
        penstock::range{1, 1800}};
    penstock::parameter<std::uint32_t> prefetch{
        *this, "prefetch", 1000, "The most messages that wait in front of the graph.",
        penstock::range{1, 1'000'000}};
    penstock::parameter<penstock::byte_count> prefetch_bytes{
        *this, "prefetch_bytes", penstock::byte_count{16 << 20},
        "About the most bytes of them; the client has about as many besides. A message of more "
        "than 100 MB needs half of its size here.",
        penstock::range{1 << 20, 1 << 30}};

    penstock::counter messages{*this, "messages", "Messages that were read."};
    penstock::counter rebalances{*this, "rebalances", "How often partitions were given or taken."};

    penstock::counter pauses{*this, "pauses",
                             "How often reading stood still because the graph took nothing."};

    std::unique_ptr<consumer> consumer_;
    open_offsets open_;
    consumer::counts seen_;

    void check(penstock::problems& found) const override
    {
        brokers.check(found);
        if (topics->empty())
            found.add(topics, "is empty; the name of a topic was expected");
        for (const std::string& each : *topics)
            if (!is_topic_name(each))
                found.add(topics,
                          "has what is no name of a topic; at most 249 letters, digits, dots, "
                          "underscores and dashes were expected");
        if (group->empty())
            found.add(group, "is empty; the name of a group was expected");
    }

    void start() override { brokers.start(); }

    // The consumer answers the group at once, whatever the graph does: it need not be waited for
    // longer.
    [[nodiscard]] client_settings settings() const
    {
        const auto milliseconds = std::chrono::milliseconds(*session_timeout).count();
        const auto bytes = static_cast<std::uint64_t>(*prefetch_bytes);
        const std::string most_bytes = std::to_string(bytes);
        const std::string most_kilobytes = std::to_string(bytes >> 10);
        // A message may be larger than what is to be read at a time; what is larger by far is none.
        constexpr std::uint64_t usual = 100'000'000;
        constexpr std::uint64_t library_allows = std::numeric_limits<std::int32_t>::max();
        const std::uint64_t largest_answer = std::clamp(2 * bytes, usual, library_allows);
        client_settings made = brokers.settings();
        made.insert(made.end(),
                    {{"group.id", *group},
                     {"enable.auto.commit", "false"},
                     {"enable.auto.offset.store", "false"},
                     {"auto.offset.reset", "earliest"},
                     {"partition.assignment.strategy",
                      *assignment == "eager" ? "range,roundrobin" : "cooperative-sticky"},
                     {"session.timeout.ms", std::to_string(milliseconds)},
                     {"heartbeat.interval.ms", std::to_string(milliseconds / 4)},
                     {"max.poll.interval.ms", std::to_string(3 * milliseconds)},
                     {"queued.min.messages", std::to_string(*prefetch)},
                     {"queued.max.messages.kbytes", most_kilobytes},
                     {"fetch.max.bytes", most_bytes},
                     {"receive.message.max.bytes", std::to_string(largest_answer)},
                     {"enable.partition.eof", "true"},
                     {"fetch.error.backoff.ms", "100"},
                     {"check.crcs", "true"}});
        return made;
    }

    // A consumer that is not over goes on by itself when the brokers are back; its group and what it
    // has read stay.
    void connect() override
    {
        if (consumer_ != nullptr && consumer_->is_over())
            penstock::blocking([&] { consumer_.reset(); });
        open_.reconnect();
        try
        {
            if (consumer_ == nullptr)
                consumer_ = penstock::blocking([&] { return joining(); });
            penstock::blocking([&] { consumer_->check(brokers.time()); });
        }
        catch (const kafka_error& error)
        {
            throw penstock::unavailable(brokers.name() + ": " + error.what());
        }
        constexpr int most_pauses = 100; // of a tenth of a second: others may let a group wait
        for (int i = 0; i < most_pauses; ++i)
            if (penstock::blocking([&] { return consumer_->await_begin(100ms); }))
                break;
    }

    [[nodiscard]] std::unique_ptr<consumer> joining() const
    {
        return std::make_unique<consumer>(
            settings(), consumer_settings{.topics = *topics,
                                          .begins_at_end = *begin == "latest",
                                          .most_messages = *prefetch,
                                          .most_bytes = static_cast<std::size_t>(*prefetch_bytes)});
    }

    bool read() override
    {
        constexpr int most_pauses = 5; // until the host is heard again
        for (int i = 0; i < most_pauses; ++i)
        {
            std::vector<received_message> found = take();
            for (received_message& each : found)
                give(std::move(each));
            consumer_->commit(open_.take_ended()); // what had ended before it came again
            if (found.empty())
                check_if_in_doubt();
            if (!found.empty() || !open_.empty())
                break;
        }
        const consumer::counts now = consumer_->counted();
        count(rebalances, seen_.rebalances, now.rebalances);
        count(pauses, seen_.pauses, now.pauses);
        return true;
    }

    static void count(penstock::counter& into, std::uint64_t& seen, std::uint64_t now)
    {
        seen = std::min(seen, now); // of a consumer that was made anew
        for (; seen < now; ++seen)
            into.add();
    }

    // What is under way is to be committed at once, and not after a pause.
    std::vector<received_message> take()
    {
        constexpr std::size_t most_messages = 256;
        try
        {
            if (!open_.empty())
                return consumer_->take(most_messages, 0ms);
            return penstock::blocking([&] { return consumer_->take(most_messages, 100ms); });
        }
        catch (const kafka_error& error)
        {
            throw penstock::unavailable(brokers.name() + ": " + error.what());
        }
    }

    void give(received_message&& what)
    {
        messages.add();
        const open_offsets::knowledge before = open_.arrive(what);
        if (before == open_offsets::knowledge::under_way)
            return;
        json::value position = open_offsets::position_of(what);
        emit(std::move(position), packet_of(std::move(what)));
    }

    void acknowledge(const std::vector<json::value>& positions) override
    {
        for (const json::value& each : positions)
            open_.end(each);
        consumer_->commit(open_.take_ended());
        if (open_.have_all_ended()) // then it may be the last call of all
            await_committed();
        for (const json::value& each : positions)
            open_.forget(each);
    }

    void await_committed()
    {
        while (!penstock::blocking([&] { return consumer_->await_committed(100ms); }))
        {
            check_if_in_doubt();
            if (const std::string trouble = consumer_->trouble(); !trouble.empty())
                throw penstock::unavailable(brokers.name() + ": " + trouble);
        }
    }

    // The library does not say that all brokers are away before it has tried each of them.
    void check_if_in_doubt()
    {
        if (!consumer_->is_in_doubt())
            return;
        try
        {
            penstock::blocking([&] { consumer_->check(brokers.time()); });
        }
        catch (const kafka_error& error)
        {
            throw penstock::unavailable(brokers.name() + ": " + error.what());
        }
    }

    static penstock::packet packet_of(received_message&& from)
    {
        penstock::packet made;
        for (auto& [name, value] : from.headers)
            made.set_meta(name, std::move(value));
        brokers::set_type(made, from.type);
        made.set_meta("kafka_topic", from.from.topic);
        made.set_meta("kafka_partition", from.from.number);
        made.set_meta("kafka_offset", from.offset);
        if (from.key)
            made.set_meta("kafka_key", std::move(*from.key));
        if (from.timestamp >= 0)
            made.set_meta("kafka_timestamp", from.timestamp);
        if (!from.body.empty())
            made.set_data(penstock::bytes(std::move(from.body)));
        return made;
    }
};

} // namespace

extern constinit const penstock::component_entry source_entry = penstock::component_of<read_topics>(
    "source", penstock::category::adapter,
    "Reads messages from topics of Kafka as a member of a consumer group, and commits how far it "
    "has come when everything made from the messages has ended.");

} // namespace kafka_package
