// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>

namespace route_package
{
namespace
{

class delay final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out", "The same packets, in order, later."};
    penstock::parameter<std::chrono::milliseconds> time{
        *this,
        "time",
        penstock::no_default,
        "How long each packet waits after it has come. After a crash or a new deployment it waits "
        "anew.",
        penstock::range{1, 604'800'000},
        penstock::example{"30s"}};
    penstock::parameter<std::uint32_t> count{
        *this, "packets", 10'000,
        "The most packets that wait on a lane; further ones are taken when others have gone.",
        penstock::range{1, 1'000'000}};

    struct held
    {
        std::chrono::steady_clock::time_point until;
        penstock::packet packet;
    };

    void run() override
    {
        bool is_open = true;
        while (is_open || !waiting_.empty())
        {
            if (!is_open || waiting_.size() == *count)
                penstock::wait_until(waiting_.front().until);
            else
                is_open = receive();
            while (!waiting_.empty() && waiting_.front().until <= penstock::now())
            {
                out.send(std::move(waiting_.front().packet));
                waiting_.pop_front();
            }
        }
    }

    // Receives a packet, or waits until one is to go; false when the input has closed.
    bool receive()
    {
        if (waiting_.empty())
        {
            std::optional<penstock::packet> packet = in.receive();
            if (packet)
                hold(std::move(*packet));
            return packet.has_value();
        }
        penstock::received got = in.receive_until(waiting_.front().until);
        if (got)
            hold(std::move(*got));
        return !got.closed();
    }

    void hold(penstock::packet packet)
    {
        waiting_.push_back({penstock::now() + *time, std::move(packet)});
    }

    std::deque<held> waiting_; // in order of time
};

} // namespace

extern constinit const penstock::component_entry delay_entry = penstock::component_of<delay>(
    "delay", penstock::category::op, "Holds each packet for a while, and sends it on.");

} // namespace route_package
