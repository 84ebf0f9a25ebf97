// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <thread>

namespace debug_package
{
namespace
{

using clock = std::chrono::steady_clock;

class generate final : public penstock::component
{
    penstock::output out{*this, "out"};
    penstock::parameter<std::uint64_t> count{
        *this, "count", 1, "How many packets to make; 0 makes them until the graph stops."};
    penstock::parameter<double> rate{
        *this, "rate", 0.0, "How many packets to make in a second; 0 is as fast as possible.",
        penstock::range{0.0, std::numeric_limits<double>::infinity()}};
    penstock::parameter<penstock::json::value> packet{
        *this, "packet", penstock::json::object(),
        "The fields of each packet; a list makes a multi-valued field. Its meta \"number\" counts "
        "from 1."};

    void start() override
    {
        if (!packet->is_object())
            throw std::invalid_argument("packet: is no object; an object of fields was expected");
    }

    void run() override
    {
        const clock::time_point begin = clock::now();
        for (std::uint64_t number = 1; *count == 0 || number <= *count; ++number)
        {
            if (*rate > 0)
                wait_until_due(begin, static_cast<double>(number - 1) / *rate);
            penstock::packet made{packet->get_object()};
            made.set_meta("number", number);
            out.send(std::move(made));
        }
    }

    // Sleeps on the pool, in short pieces because a graph that stops waits for the piece at hand.
    static void wait_until_due(clock::time_point begin, double seconds)
    {
        constexpr std::chrono::duration<double> piece{0.05};
        const std::chrono::duration<double> due{seconds};
        for (;;)
        {
            const std::chrono::duration<double> rest = due - (clock::now() - begin);
            if (rest.count() <= 0)
                return;
            penstock::blocking([&] { std::this_thread::sleep_for(std::min(rest, piece)); });
        }
    }
};

} // namespace

extern constinit const penstock::component_entry generate_entry = penstock::component_of<generate>(
    "generate", penstock::category::adapter, "Makes packets by itself, all alike but numbered.");

} // namespace debug_package
