// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace route_package
{
namespace
{

class collate final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Goes first."};
    penstock::input in2{*this, "in2", penstock::required, "Goes second."};
    penstock::output out{*this, "out", "One from in, one from in2, and so on; then what is left."};

    // Request by request: what belongs to one request never waits for another.
    void run() override
    {
        for (;;)
        {
            penstock::batch first = in.receive_request();
            penstock::batch second = in2.receive_request();
            if (!first && !second)
                return;
            for (std::size_t n = 0; n < std::max(first.size(), second.size()); ++n)
            {
                if (n < first.size())
                    out.send(std::move(first[n]));
                if (n < second.size())
                    out.send(std::move(second[n]));
            }
        }
    }
};

} // namespace

extern constinit const penstock::component_entry collate_entry =
    penstock::component_of<collate>("collate", penstock::category::op,
                                    "Interleaves the packets of two inputs, request by request.");

} // namespace route_package
