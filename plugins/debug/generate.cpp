// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <thread>
#include <utility>

namespace debug_package
{
namespace
{

using clock = std::chrono::steady_clock;

class generate final : public penstock::source
{
public:
    generate() : source({.idle = std::chrono::milliseconds(0)}) {}

private:
    penstock::parameter<std::uint64_t> count{
        *this, "count", 1, "How many packets to make; 0 makes them until the graph stops."};
    penstock::parameter<double> rate{
        *this, "rate", 0.0, "How many packets to make in a second; 0 is as fast as possible.",
        penstock::range{0.0, std::numeric_limits<double>::infinity()}};
    penstock::parameter<penstock::json::value> packet{
        *this, "packet", penstock::json::object(),
        "The fields of each packet; a list makes a multi-valued field. Its meta \"number\" counts "
        "from 1."};

    std::uint64_t made_ = 0;
    clock::time_point begin_{};

    void check(penstock::problems& found) const override
    {
        if (!packet->is_object())
            found.add(packet, "is no object; an object of fields was expected");
    }

    void connect() override { begin_ = clock::now(); }

    bool read() override
    {
        constexpr int most_at_once = 64;
        for (int i = 0; i < most_at_once && !is_over() && is_due(); ++i)
        {
            penstock::packet made{packet->get_object()};
            made.set_meta("number", ++made_);
            emit(made_, std::move(made));
        }
        return !is_over();
    }

    [[nodiscard]] bool is_over() const { return *count != 0 && made_ == *count; }

    // Sleeps on the pool, in short pieces because a graph that stops waits for the piece at hand.
    [[nodiscard]] bool is_due() const
    {
        if (*rate <= 0)
            return true;
        constexpr std::chrono::duration<double> piece{0.05};
        const std::chrono::duration<double> due{static_cast<double>(made_) / *rate};
        const std::chrono::duration<double> rest = due - (clock::now() - begin_);
        if (rest.count() <= 0)
            return true;
        penstock::blocking([&] { std::this_thread::sleep_for(std::min(rest, piece)); });
        return rest <= piece;
    }
};

} // namespace

extern constinit const penstock::component_entry generate_entry = penstock::component_of<generate>(
    "generate", penstock::category::adapter, "Makes packets by itself, all alike but numbered.");

} // namespace debug_package
