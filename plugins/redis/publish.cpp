// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "entry.hpp"
#include "server.hpp"
#include "session.hpp"

#include "../brokers/message_publisher.hpp"
#include "../curl/packet_text.hpp"
#include "../packets/one_line.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace redis_package
{
namespace
{

using namespace std::chrono_literals;

class publish final : public brokers::message_publisher<entry>
{
    brokers::server_access server{*this, form_of_address, about_addresses, nearby_address(),
                                  addresses_of_nodes()};
    penstock::parameter<std::string> stream{
        *this,
        "stream",
        penstock::no_default,
        "The stream that entries are added to. {{/meta/NAME}}, {{/fields/NAME}} and {{NAME}}, "
        "which is meta or else a field, stand for what its packet has there.",
        penstock::example{"orders"},
        penstock::example{"orders:{{country}}"}};
    penstock::parameter<std::string> format{
        *this, "format", "fields",
        "What an entry has: the packet's fields, texts as they are and others as JSON, or its data "
        "if it has no fields; or its data, whatever fields it has.",
        penstock::choices{"fields", "data"}};
    penstock::parameter<std::string> data_field{
        *this, "data_field", "data",
        "The field of an entry that has the data of a packet; its media type is beside it, in the "
        "field mimetype."};
    penstock::parameter<std::string> id_field{
        *this, "id_field", "message_id",
        "The field of an entry that has the packet's id, which is the same when a packet is added "
        "again: Redis adds it twice. If empty, there is none."};
    penstock::parameter<std::uint64_t> max_length{
        *this, "max_length", 0,
        "About how many entries the stream keeps (MAXLEN ~): older ones are deleted, also if "
        "nobody has read them. 0: all."};
    penstock::parameter<std::chrono::milliseconds> confirm_timeout{
        *this, "confirm_timeout", 3s,
        "How long the server may answer nothing, until what is open is added again by another "
        "connection.",
        penstock::range{1, 600'000}};

    penstock::counter added{*this, "messages", "Entries that the server has added."};
    penstock::counter again{*this, "reconnects", "How often a connection was opened anew."};
    penstock::histogram seconds{*this, "confirm_seconds",
                                "How long it took until a batch was added."};

    void check(penstock::problems& found) const override
    {
        check_server(server, found);
        if (stream->empty())
            found.add(stream, "is empty; the name of a stream was expected");
        if (const std::string wrong = curl::packet_text::problem_of(*stream); !wrong.empty())
            found.add(stream, wrong);
        if (data_field->empty())
            found.add(data_field, "is empty; the name of a field was expected");
        if (*data_field == *id_field || *data_field == "mimetype")
            found.add(data_field, "has another use; another name was expected");
    }

    void start() override
    {
        server.start();
        stream_ = curl::packet_text(*stream);
        form_ = {brokers::content_of(*format), *data_field, *id_field, *max_length};
    }

    void connect() override
    {
        session_.reset();
        session_ = session_with(server);
    }

    [[nodiscard]] entry make_message(std::size_t place, const penstock::packet& of) override
    {
        return {place, of, form_, stream_.fill(of)};
    }

    void send(std::span<const entry* const> entries) override
    {
        if (session_ == nullptr || session_->is_lost())
        {
            again.add();
            connect();
        }
        std::unique_ptr<session> with = std::move(session_); // until it is known to be good
        std::string away;
        try
        {
            away = add_all(*with, entries);
        }
        catch (const redis_error& error)
        {
            server.put_back();
            throw penstock::unavailable(with->name() + ": " + error.what());
        }
        if (!away.empty())
        {
            server.put_back();
            throw penstock::unavailable(with->name() + ": " + away);
        }
        session_ = std::move(with);
    }

    // Returns why entries that are open wait; empty: there are none.
    std::string add_all(session& with, std::span<const entry* const> entries)
    {
        using clock = std::chrono::steady_clock;
        const clock::time_point begin = clock::now();
        for (const entry* each : entries)
            with.append(each->to_add());
        clock::time_point last = clock::now();
        std::string away;
        for (std::size_t i = 0; i < entries.size();)
        {
            const reply found = penstock::blocking([&] { return with.advance(100ms); });
            if (found != nullptr)
            {
                end(*entries[i++], *found, away);
                last = clock::now();
            }
            else if (clock::now() - last > *confirm_timeout)
                throw redis_error("no answer within " + std::to_string(confirm_timeout->count()) +
                                  " ms");
        }
        seconds.observe(std::chrono::duration<double>(clock::now() - begin).count());
        return away;
    }

    // A stream that all entries go to can be mended, for all of them.
    void end(const entry& each, const redisReply& said, std::string& away)
    {
        if (said.type != REDIS_REPLY_ERROR)
        {
            added.add();
            return deliver(each.place());
        }
        const std::string why = packets::one_line(std::string(text_of(&said)));
        const bool is_about_stream = why.starts_with("WRONGTYPE") || why.starts_with("NOPERM");
        if (is_about_stream && !stream_.is_fixed())
            return fail(each.place(), "stream: " + each.stream() + ": " + why);
        if (is_about_stream || is_about_server(why))
            away = why;
        else
            retry(each.place(), why);
    }

    // Its memory, its disk, its role, and what it knows of who asks.
    static bool is_about_server(std::string_view why)
    {
        constexpr std::array<std::string_view, 11> all{
            "OOM",         "LOADING", "READONLY", "MISCONF", "NOREPLICAS", "MASTERDOWN",
            "CLUSTERDOWN", "MOVED",   "ASK",      "NOAUTH",  "BUSY"};
        return std::ranges::find(all, why.substr(0, why.find(' '))) != all.end();
    }

    std::unique_ptr<session> session_;
    curl::packet_text stream_;
    entry_form form_{};
};

} // namespace

extern constinit const penstock::component_entry publish_entry = penstock::component_of<publish>(
    "publish", penstock::category::publisher,
    "Adds packets as entries to a stream of Redis, and waits until the server has added each.");

} // namespace redis_package
