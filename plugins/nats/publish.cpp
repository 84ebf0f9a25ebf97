// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "connection.hpp"
#include "message.hpp"
#include "publication.hpp"
#include "server.hpp"

#include "../brokers/message_publisher.hpp"
#include "../curl/packet_text.hpp"

#include <penstock/detail/runtime.hpp>
#include <penstock/sdk.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace nats_package
{
namespace
{

using namespace std::chrono_literals;

class publish final : public brokers::message_publisher<message>
{
    server to{*this};
    penstock::parameter<std::string> subject{
        *this,
        "subject",
        penstock::no_default,
        "The subject that messages go to; a stream has to have it. {{/meta/NAME}}, "
        "{{/fields/NAME}} and {{NAME}}, which is meta or else a field, stand for what its packet "
        "has there.",
        penstock::example{"orders.new"},
        penstock::example{"orders.{{country}}"}};
    penstock::parameter<std::string> format{
        *this, "format", "fields",
        "What a message has: the packet's fields as JSON, or its data if it has no fields; or its "
        "data, whatever fields it has. Its meta are the headers, without names that begin with "
        "nats_.",
        penstock::choices{"fields", "data"}};
    penstock::parameter<std::chrono::milliseconds> confirm_timeout{
        *this, "confirm_timeout", 5s,
        "How long the server may confirm nothing, until what is open is published again by another "
        "connection.",
        penstock::range{1, 600'000}};

    penstock::counter published{*this, "messages", "Messages that a stream has stored."};
    penstock::counter duplicates{*this, "duplicates",
                                 "Those of them that it had, by their Nats-Msg-Id."};
    penstock::counter again{*this, "reconnects", "How often a connection was opened anew."};
    penstock::histogram seconds{*this, "confirm_seconds",
                                "How long it took until a batch was confirmed."};

    void check(penstock::problems& found) const override
    {
        to.check(found);
        if (subject->empty())
            found.add(subject, "is empty; the name of a subject was expected");
        if (const std::string wrong = curl::packet_text::problem_of(*subject); !wrong.empty())
            found.add(subject, wrong);
        else if (subject->find_first_of("*> \t") != std::string::npos)
            found.add(subject, "is no name of a subject; one without white space, * and > was "
                               "expected");
    }

    void start() override
    {
        to.start();
        subject_ = curl::packet_text(*subject);
        content_ = brokers::content_of(*format);
    }

    void connect() override
    {
        penstock::blocking([&] { connection_.reset(); });
        std::unique_ptr<connection> fresh = to.connect();
        if (subject_.is_fixed())
            require_stream(*fresh, *subject);
        connection_ = std::move(fresh);
    }

    void require_stream(const connection& at, const std::string& of)
    {
        std::string wrong = "no stream has the subject " + of;
        try
        {
            if (penstock::blocking([&] { return at.has_stream(of); }))
                return;
        }
        catch (const nats_error& error)
        {
            wrong = error.what();
        }
        to.put_back();
        throw penstock::unavailable(at.name() + ": " + wrong);
    }

    [[nodiscard]] message make_message(std::size_t place, const penstock::packet& of) override
    {
        return {place, of, content_, subject_.fill(of), penstock::detail::current()->node_key()};
    }

    void send(std::span<const message* const> messages) override
    {
        if (connection_ == nullptr || !connection_->why_lost().empty())
        {
            again.add();
            connect();
        }
        std::unique_ptr<connection> with = std::move(connection_); // until it is known to be good
        std::string away;
        try
        {
            publish_all(messages, *with, away);
        }
        catch (const nats_error& error)
        {
            away = error.what();
        }
        if (!away.empty())
        {
            to.put_back();
            const std::string why = with->name() + ": " + away;
            penstock::blocking([&] { with.reset(); });
            throw penstock::unavailable(why);
        }
        connection_ = std::move(with);
    }

    void publish_all(std::span<const message* const> messages, const connection& by,
                     std::string& away)
    {
        publication work(by, messages);
        try
        {
            away = await_confirms(work, by);
        }
        catch (const nats_error& error)
        {
            away = error.what();
        }
        for (std::size_t i = 0; i < messages.size(); ++i)
            if (!work.fate_of(i).is_open)
                end(*messages[i], work.fate_of(i), by, away);
    }

    // Returns why the server is away; empty: it is not.
    std::string await_confirms(publication& work, const connection& by)
    {
        const auto begin = publication::clock::now();
        while (!penstock::blocking([&] { return work.advance(); }))
        {
            if (std::string why = by.why_lost(); !why.empty())
                return why;
            if (publication::clock::now() - work.last_progress() > *confirm_timeout)
                return "nothing was confirmed within " + std::to_string(confirm_timeout->count()) +
                       " ms";
        }
        seconds.observe(std::chrono::duration<double>(publication::clock::now() - begin).count());
        return {};
    }

    // A subject that all messages go to can be mended, for all of them; and a stream that has no
    // leader is not heard either.
    void end(const message& each, const publication::fate& how, const connection& by,
             std::string& away)
    {
        if (how.is_unheard)
        {
            const std::string why = "no stream takes the subject " + each.subject();
            const bool is_there = subject_.is_fixed() ||
                                  penstock::blocking([&] { return by.has_stream(each.subject()); });
            if (!is_there)
                return fail(each.place(), "subject: " + why);
            away = why;
            return;
        }
        if (how.code == 0)
        {
            published.add();
            if (how.is_duplicate)
                duplicates.add();
            return deliver(each.place());
        }
        if (is_about_message(how.code))
            return fail(each.place(), how.why);
        if (is_about_server(how.code))
            away = how.why;
        else
            retry(each.place(), how.why);
    }

    static bool is_about_message(int code)
    {
        constexpr int headers_too_large = 10097; // which the library does not name
        return code == -1 || code == JSStreamMessageExceedsMaximumErr || code == headers_too_large;
    }

    // Its room, its disk, and its cluster.
    static bool is_about_server(int code)
    {
        constexpr std::array<int, 9> all{JSInsufficientResourcesErr,
                                         JSMemoryResourcesExceededErr,
                                         JSStorageResourcesExceededErr,
                                         JSStreamStoreFailedErr,
                                         JSStreamSealedErr,
                                         JSClusterNotAvailErr,
                                         JSClusterNotActiveErr,
                                         JSNotEnabledErr,
                                         JSNotEnabledForAccountErr};
        return std::ranges::find(all, code) != all.end();
    }

    std::unique_ptr<connection> connection_;
    curl::packet_text subject_;
    brokers::content content_ = brokers::content::fields;
};

} // namespace

extern constinit const penstock::component_entry publish_entry = penstock::component_of<publish>(
    "publish", penstock::category::publisher,
    "Publishes packets as messages to streams of NATS JetStream, and waits until a stream has "
    "stored each.");

} // namespace nats_package
