// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace route_package
{
namespace
{

namespace json = penstock::json;

class batch final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out",
                         "One packet for each batch: the first one of it, with its meta and "
                         "packet_count, and one field; packets without fields and data as they "
                         "are."};
    penstock::parameter<std::string> field{
        *this, "field", "packets",
        "The field that gets an object of the fields of each packet. route/split takes it apart."};
    penstock::parameter<std::uint32_t> count{*this, "count", 1000, "The most packets of a batch.",
                                             penstock::range{1, 1'000'000}};
    penstock::parameter<penstock::byte_count> bytes{
        *this, "bytes", penstock::byte_count{16 << 20},
        "About the most bytes of a batch; a packet more is the last one in it.",
        penstock::range{1, 1e12}};
    penstock::parameter<std::string> of{
        *this, "of", "request",
        "Whether a batch has packets of one request, or of any that come to the same lane while "
        "the first one waits.",
        penstock::choices{"request", "any"}};
    penstock::parameter<std::chrono::milliseconds> wait{
        *this, "wait", std::chrono::seconds(1),
        "How long the first packet of a batch waits for others, if they may be of any request.",
        penstock::range{0, 86'400'000}};

    void check(penstock::problems& found) const override
    {
        if (field->empty())
            found.add(field, "is empty; the name of a field was expected");
    }

    [[nodiscard]] penstock::batch receive()
    {
        return *of == "request" ? in.receive_request()
                                : in.receive_some(*count, *wait, static_cast<std::size_t>(*bytes));
    }

    void run() override
    {
        while (penstock::batch packets = receive())
        {
            for (penstock::packet& each : packets)
                take(std::move(each));
            close();
        }
    }

    void take(penstock::packet packet)
    {
        if (!packet.data().empty())
            return fail(std::move(packet),
                        "has data, which no field can hold; a packet that was read was expected");
        if (packet.field_count() == 0) // a trigger, which keeps its place
        {
            close();
            return out.send(std::move(packet));
        }
        size_ += penstock::detail::packet_access::size_of(packet);
        packets_.push_back(std::move(packet));
        if (packets_.size() == *count || size_ >= static_cast<std::size_t>(*bytes))
            close();
    }

    void close()
    {
        size_ = 0;
        if (packets_.empty())
            return;
        std::vector<penstock::packet> packets = std::exchange(packets_, {});
        json::array all;
        all.reserve(packets.size());
        for (const penstock::packet& each : packets)
            all.emplace_back(each.fields());
        penstock::packet whole = std::move(packets.front());
        for (std::size_t n = 1; n < packets.size(); ++n)
            whole.join(std::move(packets[n]));
        whole.set_fields({});
        whole.set_meta("packet_count", all.size());
        whole.set_values(*field, std::move(all));
        out.send(std::move(whole));
    }

    std::vector<penstock::packet> packets_; // of the batch that is open
    std::size_t size_ = 0;                  // of them, in bytes
};

} // namespace

extern constinit const penstock::component_entry batch_entry = penstock::component_of<batch>(
    "batch", penstock::category::op, "Gathers packets into one that has the fields of each.");

} // namespace route_package
