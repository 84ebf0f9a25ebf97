// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace route_package
{
namespace
{

using clock = std::chrono::steady_clock;

// The generic cell rate algorithm (ITU-T I.371): a time that moves on with each packet, and may be
// ahead of the clock by as much as a burst takes.
class throttle final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out", "Packets, at most so many a second."};
    penstock::parameter<double> rate{*this,
                                     "rate",
                                     penstock::no_default,
                                     "The most packets a second.",
                                     penstock::range{0.001, 1e6},
                                     penstock::example{100}};
    penstock::parameter<std::uint32_t> burst{*this, "burst", 1,
                                             "How many packets may go at once after a pause.",
                                             penstock::range{1, 1'000'000}};
    penstock::parameter<std::string> beyond{*this, "beyond", "wait",
                                            "What becomes of packets beyond the rate: they wait, "
                                            "and those before them too, or they are "
                                            "dropped.",
                                            penstock::choices{"wait", "drop"}};
    penstock::counter dropped{*this, "dropped", "Packets that were beyond the rate."};
    penstock::singleton single{*this};

    void run() override
    {
        const auto between =
            std::chrono::duration_cast<clock::duration>(std::chrono::duration<double>(1 / *rate));
        const clock::duration ahead = between * (*burst - 1);
        clock::time_point next = penstock::now();
        while (auto packet = in.receive())
        {
            next = std::max(next, penstock::now());
            if (next - penstock::now() > ahead)
            {
                if (*beyond == "drop")
                {
                    dropped.add();
                    drop(std::move(*packet));
                    continue;
                }
                penstock::wait_until(next - ahead);
            }
            next += between;
            out.send(std::move(*packet));
        }
    }
};

} // namespace

extern constinit const penstock::component_entry throttle_entry = penstock::component_of<throttle>(
    "throttle", penstock::category::filter, "Lets at most so many packets a second pass.");

} // namespace route_package
