// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "blame.hpp"
#include "broker_access.hpp"
#include "client.hpp"
#include "components.hpp"
#include "message.hpp"
#include "publication.hpp"
#include "topic_name.hpp"

#include "../brokers/message_publisher.hpp"
#include "../curl/packet_text.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace kafka_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;

class publish final : public brokers::message_publisher<message>
{
    broker_access brokers{*this};
    penstock::parameter<std::string> topic{
        *this,
        "topic",
        penstock::no_default,
        "The topic that messages go to. {{/meta/NAME}}, {{/fields/NAME}} and {{NAME}}, which is "
        "meta or else a field, stand for what its packet has there; the client keeps each topic "
        "that there was in memory.",
        penstock::example{"orders"},
        penstock::example{"orders-{{country}}"}};
    penstock::parameter<std::string> key{
        *this, "key", "",
        "The key of a message, with places like those of topic. Messages with one key go to one "
        "partition, as Java's client chooses it, and keep their order; but where brokers refuse "
        "one, those that were sent with it may come behind later ones. If empty, there is none, "
        "and any partition is chosen.",
        penstock::example{"{{customer}}"}};
    penstock::parameter<std::string> format{
        *this, "format", "fields",
        "What a message has: the packet's fields as JSON, or its data if it has no fields; or its "
        "data, whatever fields it has. Its meta are the headers, without names that begin with "
        "kafka_.",
        penstock::choices{"fields", "data"}};
    penstock::parameter<std::string> compression{
        *this, "compression", "none", "How messages are compressed.",
        penstock::choices{"none", "gzip", "snappy", "lz4", "zstd"}};
    penstock::parameter<penstock::byte_count> largest{
        *this, "message_bytes", penstock::byte_count{1'000'000},
        "The most bytes of a message, and of those that are sent together; no more than the topic "
        "takes (max.message.bytes). A larger one fails.",
        penstock::range{1'000, 1'000'000'000}};
    penstock::parameter<std::chrono::milliseconds> confirm_timeout{
        *this, "confirm_timeout", 10s,
        "How long the brokers may confirm nothing, until what is open is published again by "
        "another connection.",
        penstock::range{1'000, 600'000}};

    penstock::counter published{*this, "messages", "Messages that the brokers have confirmed."};
    penstock::counter again{*this, "reconnects", "How often a producer was made anew."};
    penstock::histogram seconds{*this, "confirm_seconds",
                                "How long it took until a batch was confirmed."};

    void check(penstock::problems& found) const override
    {
        brokers.check(found);
        if (topic->empty())
            found.add(topic, "is empty; the name of a topic was expected");
        if (const std::string wrong = curl::packet_text::problem_of(*topic); !wrong.empty())
            found.add(topic, wrong);
        else if (!topic->empty() && curl::packet_text(*topic).is_fixed() && !is_topic_name(*topic))
            found.add(topic, "is no name of a topic; at most 249 letters, digits, dots, "
                             "underscores and dashes were expected");
        if (const std::string wrong = curl::packet_text::problem_of(*key); !wrong.empty())
            found.add(key, wrong);
    }

    void start() override
    {
        brokers.start();
        topic_ = curl::packet_text(*topic);
        key_ = curl::packet_text(*key);
        content_ = brokers::content_of(*format);
    }

    [[nodiscard]] client_settings settings() const
    {
        client_settings made = brokers.settings();
        made.insert(made.end(),
                    {{"enable.idempotence", "true"},
                     {"acks", "all"},
                     {"linger.ms", "0"},
                     {"partitioner", "murmur2_random"},
                     {"compression.codec", *compression},
                     {"message.max.bytes", std::to_string(static_cast<std::uint64_t>(*largest))},
                     {"message.timeout.ms", "0"},
                     {"request.timeout.ms", "5000"},
                     {"topic.metadata.propagation.max.ms", "5000"}});
        return made;
    }

    void connect() override
    {
        using penstock::blocking;
        blocking([&] { producer_.reset(); });
        try
        {
            producer_ = blocking([&] { return connected(); });
        }
        catch (const kafka_error& error)
        {
            throw penstock::unavailable(brokers.name() + ": " + error.what());
        }
    }

    [[nodiscard]] std::unique_ptr<client> connected() const
    {
        auto fresh =
            std::make_unique<client>(RD_KAFKA_PRODUCER, settings(), publication::prepare, nullptr);
        fresh->check_topics({topic_.is_fixed() ? *topic : std::string()}, brokers.time());
        return fresh;
    }

    [[nodiscard]] message make_message(std::size_t place, const penstock::packet& of) override
    {
        return {place, of, content_, {topic_.fill(of), key_.fill(of)}};
    }

    // What the brokers refuse of a request is sent again alone, down to the one to blame.
    void send(std::span<const message* const> all) override
    {
        for (const message* each : publish_all(all))
            (void)publish_all(std::span(&each, 1));
    }

    // Returns those that may be refused for the sake of others.
    std::vector<const message*> publish_all(std::span<const message* const> part)
    {
        if (producer_ == nullptr)
        {
            again.add();
            connect();
        }
        std::unique_ptr<client> with = std::move(producer_); // until it is known to be good
        publication work(*with, part);
        std::string away;
        try
        {
            away = await_reports(work, *with);
        }
        catch (const kafka_error& error)
        {
            away = error.what();
        }
        std::vector<const message*> alone;
        for (std::size_t i = 0; i < part.size(); ++i)
            end(*part[i], work.report_of(i), part.size() == 1, alone, away);
        if (!away.empty())
        {
            penstock::blocking([&] { with.reset(); });
            throw penstock::unavailable(brokers.name() + ": " + away);
        }
        producer_ = std::move(with);
        return alone;
    }

    // Returns why the brokers are away; empty: they are not.
    std::string await_reports(publication& work, client& with)
    {
        const auto begin = std::chrono::steady_clock::now();
        while (!penstock::blocking([&] { return work.advance(); }))
            if (std::chrono::steady_clock::now() - work.last_progress() > *confirm_timeout)
            {
                const std::string trouble = with.trouble();
                return "nothing was confirmed within " + std::to_string(confirm_timeout->count()) +
                       " ms" + (trouble.empty() ? "" : ": " + trouble);
            }
        with.clear_trouble();
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
        seconds.observe(spent.count());
        return {};
    }

    // A topic that all messages go to can be mended, for all of them.
    void end(const message& each, const publication::report& said, bool is_alone,
             std::vector<const message*>& alone, std::string& away)
    {
        if (said.is_open)
            return;
        if (said.error == RD_KAFKA_RESP_ERR_NO_ERROR)
        {
            published.add();
            return deliver(each.place());
        }
        const std::string why = kafka_error(said.error, each.topic()).what();
        switch (blame_of(said.error))
        {
        case blame::brokers: away = why; return;
        case blame::topic:
            if (topic_.is_fixed())
                away = why;
            else
                fail(each.place(), "topic: " + why);
            return;
        case blame::message:
            if (is_alone)
                fail(each.place(), why);
            else
                alone.push_back(&each);
            return;
        case blame::nobody_yet: return retry(each.place(), why);
        }
    }

    std::unique_ptr<client> producer_;
    curl::packet_text topic_;
    curl::packet_text key_;
    brokers::content content_ = brokers::content::fields;
};

} // namespace

extern constinit const penstock::component_entry publish_entry =
    penstock::component_of<publish>("publish", penstock::category::publisher,
                                    "Publishes packets as messages to a topic of Kafka, and waits "
                                    "until all replicas that are in sync have each.");

} // namespace kafka_package
