// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/sdk.hpp>

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// Components that make each fate of a request happen at once, for tests of the routes.
namespace
{

class read final : public penstock::component
{
    penstock::accepts accepts{*this, {"application/json", "text/*"}, penstock::triggers::taken};
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};

    std::optional<penstock::json_options> json_body(std::string_view type) const override
    {
        return type == "application/json" ? std::optional(penstock::json_options()) : std::nullopt;
    }

    void run() override
    {
        while (auto packet = in.receive())
        {
            packet->set("text", packet->data().view());
            packet->clear_data();
            out.send(std::move(*packet));
        }
    }
};

class lines final : public penstock::component
{
    penstock::accepts accepts{*this, {"application/json", "application/*+json"}};
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};

    void run() override
    {
        while (auto packet = in.receive())
            out.send(std::move(*packet));
    }
};

class listen final : public penstock::component
{
    penstock::accepts accepts{*this, {"text/csv"}, penstock::triggers::refused};
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};

    void run() override
    {
        while (auto packet = in.receive())
            out.send(std::move(*packet));
    }
};

// Its entry is the second of its inputs.
class join final : public penstock::component
{
    penstock::accepts accepts{*this, {"text/plain"}};
    penstock::input besides{*this, "besides", penstock::optional};
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};

    void run() override
    {
        while (auto packet = in.receive())
            out.send(std::move(*packet));
        while (auto packet = besides.receive())
            out.send(std::move(*packet));
    }
};

class fail final : public penstock::transformer
{
    void process(penstock::packet&) override { throw std::runtime_error("told to fail"); }
};

class picky final : public penstock::transformer
{
    void process(penstock::packet& packet) override
    {
        if (packet.text("text") == "bad")
            throw std::runtime_error("it is bad");
    }
};

class quit final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};

    void run() override { throw std::runtime_error("told to quit"); }
};

class answer final : public penstock::component
{
    penstock::input in{*this, "in"};

    void run() override
    {
        while (auto packet = in.receive())
        {
            penstock::reply(*packet);
            deliver(std::move(*packet));
        }
    }
};

// Makes an answer of a packet: the text, or else what the query says, and the status that it says.
class page final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::parameter<bool> raw{*this, "raw", true, "Whether it makes whole answers."};
    penstock::whole_replies whole{*this, raw};

    void run() override
    {
        while (auto packet = in.receive())
        {
            const std::string asked = said(*packet, "query_q");
            packet->set_data(penstock::bytes(packet->text("text", "") + asked));
            if (const std::string status = said(*packet, "query_status"); !status.empty())
                packet->set_meta("status", std::stoi(status));
            if (const std::string type = said(*packet, "query_type"); !type.empty())
                packet->set_meta("mimetype", type);
            for (int n = std::stoi('0' + said(*packet, "query_again")); n >= 0; --n)
                penstock::reply(*packet);
            deliver(std::move(*packet));
        }
    }

    static std::string said(const penstock::packet& packet, std::string_view name)
    {
        const penstock::json::value* value = packet.find_meta(name);
        return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
    }
};

class take final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::parameter<std::string> name{*this, "name", "", "What to call it."};
    penstock::counter taken{*this, "taken", "Packets that were taken."};
    penstock::gauge full{*this, "full", "How full it is."};
    penstock::histogram sizes{*this, "sizes", "How long the texts were.", {0.5, 4}};

    void run() override
    {
        while (auto packet = in.receive())
        {
            taken.add();
            full.set(0.25);
            sizes.observe(static_cast<double>(packet->text("text", "").size()));
            deliver(std::move(*packet));
        }
    }
};

class hold final : public penstock::component
{
    penstock::input in{*this, "in"};

    void run() override
    {
        std::vector<penstock::packet> held;
        while (auto packet = in.receive())
            held.push_back(std::move(*packet));
        for (penstock::packet& each : held)
            deliver(std::move(each));
    }
};

class away final : public penstock::publisher
{
    void write(penstock::batch&) override
    {
        throw penstock::unavailable("nobody is there", std::chrono::hours(1));
    }
};

// Stands for a broker: what it does with a packet is what the text says.
class mirror final : public penstock::publisher
{
    penstock::parameter<bool> replicated{*this, "replicated", true, "Whether others have it too."};
    penstock::replicated_deliveries deliveries{*this, replicated};

    void write(penstock::batch& items) override
    {
        for (std::size_t i = 0; i < items.size(); ++i)
        {
            const std::string told = items[i].text("text", "");
            if (told == "away")
                throw penstock::unavailable("nobody is there", std::chrono::hours(1));
            if (told == "drop")
                drop(i);
            if (told == "bad")
                fail(i, "told to fail");
        }
    }
};

class broken final : public penstock::component
{
    penstock::input in{*this, "in"};

    void start() override { throw std::runtime_error("told not to start"); }
    void run() override {}
};

using penstock::category;
using penstock::component_of;

} // namespace

PENSTOCK_PACKAGE(component_of<read>("read", category::adapter, "Reads bodies as text."),
                 component_of<lines>("lines", category::adapter, "Takes JSON of any framing."),
                 component_of<listen>("listen", category::adapter, "Takes tables, no triggers."),
                 component_of<join>("join", category::adapter, "Takes texts at its second input."),
                 component_of<fail>("fail", category::transformer, "Fails on each packet."),
                 component_of<picky>("picky", category::transformer, "Fails on what is bad."),
                 component_of<quit>("quit", category::transformer, "Gives up."),
                 component_of<answer>("answer", category::publisher, "Replies with each packet."),
                 component_of<page>("page", category::publisher, "Makes pages."),
                 component_of<take>("take", category::publisher, "Takes each packet."),
                 component_of<take>("old_take", category::publisher, "Takes each packet.")
                     .deprecated("door/take"),
                 component_of<hold>("hold", category::publisher, "Holds packets to the end."),
                 component_of<away>("away", category::publisher, "Has nobody to give packets to."),
                 component_of<mirror>("mirror", category::publisher, "Stands for a broker."),
                 component_of<broken>("broken", category::publisher, "Does not start."))
