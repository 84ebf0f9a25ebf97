// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "broker.hpp"
#include "components.hpp"
#include "message.hpp"
#include "publication.hpp"
#include "session.hpp"

#include "../brokers/message_publisher.hpp"
#include "../curl/packet_text.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include <mqtt_protocol.h>

namespace mqtt_package
{
namespace
{

using namespace std::chrono_literals;

class publish final : public brokers::message_publisher<message>
{
public:
    ~publish() override { leave(); }

private:
    broker to{*this};
    penstock::parameter<std::string> topic{
        *this,
        "topic",
        penstock::no_default,
        "The topic that messages go to. {{/meta/NAME}}, {{/fields/NAME}} and {{NAME}}, which is "
        "meta or else a field, stand for what its packet has there.",
        penstock::example{"orders"},
        penstock::example{"sensors/{{place}}/temperature"}};
    penstock::parameter<std::string> format{
        *this, "format", "fields",
        "What a message has: the packet's fields as JSON, or its data if it has no fields; or its "
        "data, whatever fields it has. In version 5 its meta are the user properties, without "
        "names that begin with mqtt_.",
        penstock::choices{"fields", "data"}};
    penstock::parameter<bool> retain{
        *this, "retain", false,
        "Whether the broker keeps the last message of a topic for who subscribes later."};
    penstock::parameter<std::string> client{
        *this, "client", "",
        "The id of this client, which nobody else of the broker has. If empty, the broker makes "
        "one."};
    penstock::parameter<std::chrono::milliseconds> confirm_timeout{
        *this, "confirm_timeout", 3s,
        "How long the broker may confirm nothing, until what is open is published again by another "
        "connection.",
        penstock::range{1, 600'000}};

    penstock::counter published{*this, "messages", "Messages that the broker has confirmed."};
    penstock::counter unheard{*this, "unheard",
                              "Those of them that nobody has subscribed to, as the broker says."};
    penstock::counter again{*this, "reconnects", "How often a connection was opened anew."};
    penstock::histogram seconds{*this, "confirm_seconds",
                                "How long it took until a batch was confirmed."};

    void check(penstock::problems& found) const override
    {
        to.check(found);
        if (topic->empty())
            found.add(topic, "is empty; the name of a topic was expected");
        if (const std::string wrong = curl::packet_text::problem_of(*topic); !wrong.empty())
            found.add(topic, wrong);
        else if (mosquitto_pub_topic_check(topic->c_str()) != MOSQ_ERR_SUCCESS)
            found.add(topic, "is no name of a topic; one without + and # was expected");
    }

    void start() override
    {
        to.start();
        topic_ = curl::packet_text(*topic);
        form_ = {brokers::content_of(*format), to.is_version_5()};
    }

    void connect() override
    {
        penstock::blocking([&] { leave(); });
        session_settings how{};
        how.client = *client;
        how.keep_alive = 60s;
        session_ = to.connect(how, {.message = {},
                                    .published = [this](int identifier, int reason)
                                    {
                                        if (work_ != nullptr)
                                            work_->note(identifier, reason);
                                    }});
    }

    void leave()
    {
        if (session_ != nullptr)
            session_->leave();
        session_.reset();
    }

    [[nodiscard]] message make_message(std::size_t place, const penstock::packet& of) override
    {
        return {place, of, form_, topic_.fill(of)};
    }

    void send(std::span<const message* const> messages) override
    {
        reconnect_if_lost();
        std::unique_ptr<session> with = std::move(session_); // until it is known to be good
        publication work(messages, *retain);
        work_ = &work;
        std::string away;
        try
        {
            away = await_confirms(work, *with);
        }
        catch (const mqtt_error& error)
        {
            away = error.what();
        }
        work_ = nullptr;
        for (std::size_t i = 0; i < messages.size(); ++i)
            if (!work.fate_of(i).is_open)
                end(*messages[i], work.fate_of(i), away);
        if (!away.empty())
        {
            to.put_back();
            throw penstock::unavailable(with->name() + ": " + away);
        }
        session_ = std::move(with);
    }

    // Returns why the broker is away; empty: it is not.
    std::string await_confirms(publication& work, session& with)
    {
        const auto begin = publication::clock::now();
        while (!penstock::blocking([&] { return work.advance(with); }))
            if (publication::clock::now() - work.last_progress() > *confirm_timeout)
                return "nothing was confirmed within " + std::to_string(confirm_timeout->count()) +
                       " ms";
        seconds.observe(std::chrono::duration<double>(publication::clock::now() - begin).count());
        return {};
    }

    // A broker closes connections that give no sign of life; that is no outage.
    void reconnect_if_lost()
    {
        try
        {
            if (session_ != nullptr)
                session_->advance(0ms, true);
        }
        catch (const mqtt_error&)
        {
            session_.reset();
        }
        if (session_ != nullptr)
            return;
        again.add();
        connect();
    }

    // A topic that all messages go to can be mended, for all of them.
    void end(const message& each, const publication::fate& how, std::string& away)
    {
        if (how.is_library)
            return fail(each.place(), mosquitto_strerror(how.reason));
        const std::string why =
            "topic: " + each.topic() + ": " + mosquitto_reason_string(how.reason);
        switch (how.reason)
        {
        case MQTT_RC_NO_MATCHING_SUBSCRIBERS: unheard.add(); [[fallthrough]];
        case MQTT_RC_SUCCESS: published.add(); return deliver(each.place());
        case MQTT_RC_NOT_AUTHORIZED:
        case MQTT_RC_TOPIC_NAME_INVALID:
            if (!topic_.is_fixed())
                return fail(each.place(), why);
            away = why;
            return;
        case MQTT_RC_PACKET_TOO_LARGE:
        case MQTT_RC_PAYLOAD_FORMAT_INVALID: return fail(each.place(), why);
        case MQTT_RC_QUOTA_EXCEEDED: away = why; return;
        default: return retry(each.place(), why);
        }
    }

    std::unique_ptr<session> session_;
    publication* work_ = nullptr; // that is told of confirms
    curl::packet_text topic_;
    message_form form_{};
};

} // namespace

extern constinit const penstock::component_entry publish_entry =
    penstock::component_of<publish>("publish", penstock::category::publisher,
                                    "Publishes packets as messages to a topic of an MQTT broker, "
                                    "at quality of service 1, and waits "
                                    "until the broker has confirmed each.");

} // namespace mqtt_package
