// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <utility>

namespace debug_package
{
namespace
{

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
    std::chrono::steady_clock::time_point begin_{};

    void check(penstock::problems& found) const override
    {
        if (!packet->is_object())
            found.add(packet, "is no object; an object of fields was expected");
    }

    void connect() override { begin_ = penstock::now(); }

    bool read() override
    {
        // In short pieces: between two reads it is told which packets have ended.
        if (const auto rest = until_due(); rest.count() > 0)
            penstock::wait_for(std::min(rest, std::chrono::nanoseconds(50'000'000)));
        constexpr int most_at_once = 64;
        for (int i = 0; i < most_at_once && !is_over() && until_due().count() <= 0; ++i)
        {
            penstock::packet made{packet->get_object()};
            made.set_meta("number", ++made_);
            emit(made_, std::move(made));
        }
        return !is_over();
    }

    [[nodiscard]] bool is_over() const { return *count != 0 && made_ == *count; }

    [[nodiscard]] std::chrono::nanoseconds until_due() const
    {
        if (*rate <= 0)
            return {};
        // A century is as good as for ever, and can be told in nanoseconds.
        constexpr std::chrono::duration<double> century(100.0 * 366 * 24 * 3600);
        const std::chrono::duration<double> due(static_cast<double>(made_) / *rate);
        return std::chrono::duration_cast<std::chrono::nanoseconds>(std::min(due, century)) -
               (penstock::now() - begin_);
    }
};

} // namespace

extern constinit const penstock::component_entry generate_entry = penstock::component_of<generate>(
    "generate", penstock::category::adapter, "Makes packets by itself, all alike but numbered.");

} // namespace debug_package
