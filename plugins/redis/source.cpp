// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "group_reader.hpp"
#include "server.hpp"
#include "session.hpp"

#include "../brokers/heartbeat.hpp"
#include "../brokers/in_flight.hpp"
#include "../brokers/message_body.hpp"
#include "../brokers/open_positions.hpp"

#include <penstock/detail/utf8.hpp>
#include <penstock/sdk.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

namespace redis_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;
using knowledge = brokers::open_positions::knowledge;

std::string name_of_machine()
{
    std::array<char, 256> name{};
    (void)::gethostname(name.data(), name.size() - 1);
    return name.data();
}

class read_stream final : public penstock::source
{
public:
    // So long it does not look for entries while others are under way.
    read_stream() : source({.idle = 10ms}) {}

private:
    brokers::server_access server{*this, form_of_address, about_addresses, nearby_address(),
                                  addresses_of_nodes()};
    penstock::parameter<std::string> stream{
        *this, "stream", penstock::no_default,
        "The stream to read. If it is not there, it is made, without entries.",
        penstock::example{"orders"}};
    penstock::parameter<std::string> group{
        *this, "group", penstock::no_default,
        "The consumer group: its members share the entries. If it is not there, it is made. "
        "Another graph that is to read the same entries has another group.",
        penstock::example{"workers"}};
    penstock::parameter<std::string> consumer{
        *this, "consumer", "",
        "The name of this member of the group, another one for each host and node: what an earlier "
        "run under this name has left is read first. If empty, the name of the machine."};
    penstock::parameter<std::string> begin{
        *this, "begin", "earliest",
        "Where a group that is made begins: at the earliest entry that is there, or behind the "
        "latest.",
        penstock::choices{"earliest", "latest"}};
    penstock::parameter<std::chrono::milliseconds> claim_after{
        *this, "claim_after", 30s,
        "How long a member gives no sign of an entry, until others take it over. Members give one "
        "three times in that time, also while a sink is away.",
        penstock::range{300, 86'400'000}};
    penstock::parameter<std::uint32_t> deliveries{
        *this, "deliveries", 20,
        "How often an entry is given out: one that comes after that becomes a dead letter. Each "
        "time that a member connects again with it counts, and each time that it is taken over. "
        "0: as often as it likes.",
        penstock::range{0, 1'000'000}};
    penstock::parameter<std::string> data_field{
        *this, "data_field", "data",
        "The field of an entry that becomes the data of a packet, of the media type that its field "
        "mimetype says. The others become fields."};
    penstock::parameter<std::string> id_field{
        *this, "id_field", "message_id",
        "The field of an entry that becomes the meta message_id. If empty, there is none."};

    penstock::counter messages{*this, "messages", "Entries that were read."};
    penstock::counter redelivered{*this, "redelivered", "Those that had been given out before."};
    penstock::counter refused{*this, "refused",
                              "Entries that were given out too often and became dead letters."};
    penstock::counter gone{
        *this, "gone", "Entries that were given out before, and deleted from the stream since."};

    std::unique_ptr<group_reader> reader_;
    brokers::open_positions open_;
    std::string behind_;                               // of own entries; empty: all are read
    std::string claim_from_ = "0-0";                   // of others' entries
    std::chrono::steady_clock::time_point next_claim_; // when to look for them
    std::vector<std::string> ended_;                   // that came again, to be acknowledged
    std::unique_ptr<brokers::heartbeat> heartbeat_;    // last: it uses the rest

    void check(penstock::problems& found) const override
    {
        check_server(server, found);
        if (stream->empty())
            found.add(stream, "is empty; the name of a stream was expected");
        if (group->empty())
            found.add(group, "is empty; the name of a group was expected");
    }

    void start() override { server.start(); }

    [[nodiscard]] group_membership membership() const
    {
        return {*stream, *group, consumer->empty() ? name_of_machine() : *consumer};
    }

    template <class Work>
    auto at_the_server(const Work& work)
    {
        try
        {
            return penstock::blocking(work);
        }
        catch (const redis_error& error)
        {
            server.put_back();
            throw penstock::unavailable(reader_->name() + ": " + error.what());
        }
    }

    void connect() override
    {
        penstock::blocking([&] { heartbeat_.reset(); });
        reader_ = std::make_unique<group_reader>(session_with(server), membership());
        at_the_server([&] { reader_->create(*begin == "latest" ? "$" : "0"); });
        open_.reconnect();
        behind_ = "0-0";
        claim_from_ = "0-0";
        ended_.clear();
        heartbeat_ = std::make_unique<brokers::heartbeat>(*claim_after / 3, beat());
    }

    // By a connection of its own, which is opened anew: reading may wait for the graph.
    [[nodiscard]] std::function<void()> beat()
    {
        const session_settings how{server.current(), server.user(), server.password(),
                                   server.time()};
        return [this, how, by = std::shared_ptr<group_reader>()]() mutable
        {
            const std::vector<std::string> keys = open_.keys();
            if (keys.empty())
                return;
            std::shared_ptr<group_reader> with = std::exchange(by, nullptr); // until it has done it
            if (with == nullptr)
                with = std::make_shared<group_reader>(std::make_unique<session>(how), membership());
            with->keep(keys);
            by = std::move(with);
        };
    }

    bool read() override
    {
        if (const std::string trouble = heartbeat_->trouble(); !trouble.empty())
        {
            server.put_back();
            throw penstock::unavailable(reader_->name() + ": " + trouble);
        }
        constexpr int most_pauses = 3; // until the host is heard again
        for (int i = 0; i < most_pauses; ++i)
        {
            std::vector<stream_entry> found = next();
            for (stream_entry& each : found)
                give(std::move(each));
            if (!found.empty() || !open_.empty())
                break;
        }
        if (!ended_.empty())
            at_the_server([&] { reader_->acknowledge(ended_); });
        ended_.clear();
        return true;
    }

    // First what this consumer has left, then what others have, then what is new. What is under way
    // is to be acknowledged at once, and not after a pause.
    [[nodiscard]] std::vector<stream_entry> next()
    {
        constexpr std::size_t at_a_time = 256;
        if (!behind_.empty())
        {
            auto found = at_the_server([&] { return reader_->take_again(at_a_time, behind_); });
            behind_ = found.empty() ? std::string() : found.back().id;
            if (!found.empty())
                return found;
        }
        const std::size_t in_flight = brokers::in_flight_of(*this);
        if (open_.size() >= in_flight)
            return {};
        const std::size_t most = std::min(at_a_time, in_flight - open_.size());
        if (std::chrono::steady_clock::now() >= next_claim_)
        {
            auto found =
                at_the_server([&] { return reader_->take_over(most, *claim_after, claim_from_); });
            claim_from_ = found.next;
            if (claim_from_ == "0-0")
                next_claim_ = std::chrono::steady_clock::now() + *claim_after / 3;
            if (!found.entries.empty())
                return std::move(found.entries);
        }
        return at_the_server([&] { return reader_->take(most, open_.empty() ? 100ms : 0ms); });
    }

    void give(stream_entry&& what)
    {
        messages.add();
        if (what.deliveries > 1)
            redelivered.add();
        const std::string id = what.id;
        const bool is_deleted = what.is_deleted;
        const std::uint64_t before = what.deliveries - 1;
        const knowledge known = open_.arrive(id, id);
        json::value position = json::array{json::string(*stream), json::string(id)};
        penstock::packet made = packet_of(std::move(what));
        switch (known)
        {
        case knowledge::under_way: return;
        case knowledge::ended: ended_.push_back(id); [[fallthrough]];
        case knowledge::expected: return emit(std::move(position), std::move(made));
        case knowledge::refused: return refuse(std::move(position), std::move(made), {});
        case knowledge::nothing: break;
        }
        if (is_deleted)
        {
            gone.add();
            open_.forget(id);
            ended_.push_back(id);
            return;
        }
        if (*deliveries == 0 || before < *deliveries)
            return emit(std::move(position), std::move(made));
        refused.add();
        open_.refuse(id);
        refuse(std::move(position), std::move(made),
               "was delivered " + std::to_string(before) + " times and not acknowledged; at most " +
                   std::to_string(*deliveries) + " deliveries were expected");
    }

    [[nodiscard]] penstock::packet packet_of(stream_entry&& from) const
    {
        penstock::packet made;
        std::string type;
        for (auto& [name, value] : from.fields)
        {
            if (name == *data_field)
                made.set_data(penstock::bytes(std::move(value)));
            else if (name == "mimetype")
                type = penstock::detail::repaired_utf8(value);
            else if (name == *id_field)
                made.set_meta("message_id", penstock::detail::repaired_utf8(value));
            else
                made.set(penstock::detail::repaired_utf8(name),
                         penstock::detail::repaired_utf8(value));
        }
        if (!made.data().empty())
            brokers::set_type(made, type);
        else if (!type.empty())
            made.set("mimetype", type);
        made.set_meta("redis_stream", *stream);
        made.set_meta("redis_id", from.id);
        if (from.deliveries > 1)
            made.set_meta("redelivered", true);
        return made;
    }

    void acknowledge(const std::vector<json::value>& positions) override
    {
        std::vector<std::string> ids;
        for (const json::value& each : positions)
            ids.emplace_back(each.as_array().at(1).as_string());
        at_the_server([&] { reader_->acknowledge(ids); });
        for (const std::string& each : ids)
            open_.forget(each);
    }
};

} // namespace

extern constinit const penstock::component_entry source_entry = penstock::component_of<read_stream>(
    "source", penstock::category::adapter,
    "Reads entries from a stream of Redis as a member of a consumer group, and acknowledges each "
    "when everything made from it has ended.");

} // namespace redis_package
