// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "broker_access.hpp"
#include "components.hpp"
#include "message.hpp"
#include "publication.hpp"
#include "session.hpp"

#include "../brokers/message_publisher.hpp"
#include "../curl/packet_text.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace amqp_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;

class publish final : public brokers::message_publisher<message>
{
    broker_access broker{*this};
    penstock::parameter<std::string> queue{
        *this, "queue", "",
        "The queue that messages go to, instead of an exchange. It must be there and be durable.",
        penstock::example{"orders"}};
    penstock::parameter<std::uint32_t> declare{
        *this, "declare", 0,
        "If the queue is not there, how many members it is declared with, as a quorum queue; its "
        "cluster has as many nodes, which all run then. One that is there is taken as it is; one "
        "that was deleted is declared again. 0: it is not declared.",
        penstock::range{0, 99}};
    penstock::parameter<bool> transient{
        *this, "transient", false,
        "Whether the queue may be one that is gone when the broker ends, with messages that it has "
        "confirmed."};
    penstock::parameter<std::string> exchange{
        *this, "exchange", "",
        "The exchange that messages go to; it must be there. If empty, that of the broker in which "
        "the routing key is the name of a queue."};
    penstock::parameter<std::string> routing_key{
        *this, "routing_key", "",
        "The routing key of a message. {{/meta/NAME}}, {{/fields/NAME}} and {{NAME}}, which is "
        "meta or else a field, stand for what its packet has there.",
        penstock::example{"orders.{{country}}"}};
    penstock::parameter<std::string> format{
        *this, "format", "fields",
        "What a message has: the packet's fields as JSON, or its data if it has no fields; or its "
        "data, whatever fields it has. Its meta are the headers, without names that begin with "
        "x-.",
        penstock::choices{"fields", "data"}};
    penstock::parameter<std::chrono::milliseconds> confirm_timeout{
        *this, "confirm_timeout", 3s,
        "How long the broker may confirm nothing, until what is open is published again by another "
        "connection.",
        penstock::range{1, 600'000}};

    penstock::parameter<bool> replicated{
        *this, "replicated", false,
        "Whether each queue that messages get to is a quorum queue with three members or more, so "
        "that a majority has on disk what is confirmed. Answers say then that a request is "
        "replicated, if all of it was delivered so. Of a named queue the broker is asked whether "
        "it is a quorum queue; it tells nobody how many members one has."};
    penstock::replicated_deliveries deliveries{*this, replicated};

    penstock::counter published{*this, "messages", "Messages that the broker has confirmed."};
    penstock::counter again{*this, "reconnects", "How often a connection was opened anew."};
    penstock::histogram seconds{*this, "confirm_seconds",
                                "How long it took until a batch was confirmed."};

    void check(penstock::problems& found) const override
    {
        broker.check(found);
        if (queue->empty() && exchange->empty() && routing_key->empty())
            found.add(queue, "is empty, and so are exchange and routing_key; one of them was "
                             "expected");
        if (!queue->empty() && (!exchange->empty() || !routing_key->empty()))
            found.add(queue, "stands beside an exchange or a routing_key; one way was expected");
        if (queue->empty() && (*declare != 0 || *transient))
            found.add(queue, "is empty; the queue that declare and transient are about was "
                             "expected");
        if (*declare != 0 && *transient)
            found.add(transient,
                      "stands beside declare, and a quorum queue is durable; one of them "
                      "was expected");
        if (*replicated && *transient)
            found.add(replicated, "stands beside transient; a queue that lasts was expected");
        if (*replicated && (*declare == 1 || *declare == 2))
            found.add(replicated, "stands beside a declaration of less than three members");
        if (const std::string wrong = curl::packet_text::problem_of(*routing_key); !wrong.empty())
            found.add(routing_key, wrong);
    }

    void start() override
    {
        broker.start();
        key_ = curl::packet_text(queue->empty() ? *routing_key : *queue);
        content_ = brokers::content_of(*format);
    }

    void connect() override
    {
        session_.reset();
        std::unique_ptr<session> fresh = broker.connect(0s);
        try
        {
            penstock::blocking([&] { prepare(*fresh); });
        }
        catch (const broker_error& error)
        {
            broker.put_back();
            throw penstock::unavailable(fresh->name() + ": " + error.what());
        }
        session_ = std::move(fresh);
    }

    void prepare(session& with)
    {
        const bool is_new = *declare != 0 && !with.has_queue(*queue);
        if (is_new)
            with.declare_queue(*queue, *declare);
        else if (!queue->empty())
            with.check_queue(*queue);
        is_durable_ = is_durable_ || queue->empty() || is_new || *transient ||
                      with.is_durable(*queue); // the broker logs the question as an error
        if (!is_durable_)
            throw broker_error("the queue " + *queue +
                               " is gone when the broker ends; one that is durable, or the "
                               "parameter transient, was expected");
        is_quorum_ = is_quorum_ || !*replicated || queue->empty() || is_new ||
                     with.may_be_quorum(*queue); // and this one too
        if (!is_quorum_)
            throw broker_error("the queue " + *queue +
                               " is no quorum queue; one was expected, for replicated");
        if (!exchange->empty())
            with.check_exchange(*exchange);
        with.confirm_publishes();
    }

    [[nodiscard]] message make_message(std::size_t place, const penstock::packet& of) override
    {
        return {place, of, content_, key_.fill(of)};
    }

    // What the broker refuses for a message is sent in halves, down to the one to blame.
    void send(std::span<const message* const> part) override
    {
        const outcome found = publish_all(part);
        if (!found.refused)
            return;
        if (found.open.size() == 1)
            return fail(found.open.front()->place(), found.refused->what());
        const std::span<const message* const> open(found.open);
        send(open.first(open.size() / 2));
        send(open.subspan(open.size() / 2));
    }

    /// What is left of messages that were published.
    struct outcome
    {
        std::optional<broker_refusal> refused; ///< for one of those that are open
        std::vector<const message*> open;
    };

    outcome publish_all(std::span<const message* const> part)
    {
        reconnect_if_lost();
        std::unique_ptr<session> with = std::move(session_); // until it is known to be good
        publication work(*with, *exchange, part);
        outcome found;
        std::string away;
        try
        {
            away = await_confirms(work, *with);
        }
        catch (const broker_refusal& error)
        {
            if (is_about_a_message(error))
                found.refused = error;
            else
                away = error.what();
        }
        catch (const broker_error& error)
        {
            away = error.what();
        }
        if (!away.empty())
            broker.put_back();
        for (std::size_t i = 0; i < part.size(); ++i)
            if (work.fate_of(i) == publication::fate::open)
                found.open.push_back(part[i]);
            else
                end(*part[i], work.fate_of(i), work.why_returned(), away);
        if (!away.empty())
            throw penstock::unavailable(with->name() + ": " + away);
        if (!found.refused)
            session_ = std::move(with);
        return found;
    }

    // Returns why the broker is away; empty: it is not.
    std::string await_confirms(publication& work, const session& with)
    {
        const auto begin = std::chrono::steady_clock::now();
        while (!penstock::blocking([&] { return work.advance(); }))
            if (std::chrono::steady_clock::now() - work.last_progress() > *confirm_timeout)
                return with.blocked().empty() ? "nothing was confirmed within " +
                                                    std::to_string(confirm_timeout->count()) + " ms"
                                              : "the broker takes nothing: " + with.blocked();
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
        seconds.observe(spent.count());
        return {};
    }

    // A broker, or what stands before it, closes connections that were idle for long; that is no
    // outage.
    void reconnect_if_lost()
    {
        try
        {
            amqp_frame_t ignored;
            while (session_ != nullptr && session_->read(ignored))
                continue;
        }
        catch (const broker_error&)
        {
            session_.reset();
        }
        if (session_ != nullptr)
            return;
        again.add();
        connect();
    }

    // Who was returned or refused where all go the same way waits: somebody can mend that, for all.
    void end(const message& each, publication::fate how, const std::string& why, std::string& away)
    {
        switch (how)
        {
        case publication::fate::confirmed: published.add(); return deliver(each.place());
        case publication::fate::returned:
            if (!key_.is_fixed())
                return fail(each.place(), "routing_key: " + each.routing_key() + ": " + why);
            away = "messages come back: " + why;
            return;
        case publication::fate::refused:
            away = "the broker could not keep a message, as in a queue that is full";
            return;
        case publication::fate::open: return;
        }
    }

    // One that is too large, or, where packets name where they go, one that may not go there.
    [[nodiscard]] bool is_about_a_message(const broker_refusal& error) const
    {
        return error.code() == AMQP_PRECONDITION_FAILED ||
               (error.code() == AMQP_ACCESS_REFUSED && !key_.is_fixed());
    }

    std::unique_ptr<session> session_;
    curl::packet_text key_;
    brokers::content content_ = brokers::content::fields;
    bool is_durable_ = false; // the queue, as far as that is to be known
    bool is_quorum_ = false;  // or need not be
};

} // namespace

extern constinit const penstock::component_entry publish_entry =
    penstock::component_of<publish>("publish", penstock::category::publisher,
                                    "Publishes packets as messages to RabbitMQ, by AMQP 0-9-1, and "
                                    "waits until each is confirmed.");

} // namespace amqp_package
