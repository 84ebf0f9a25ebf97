// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/sdk.hpp>

#include <cstdint>

namespace
{

/// Keeps a processor busy for each packet, with nothing that lanes could wait for one another for.
class work final : public penstock::transformer
{
    penstock::parameter<std::uint64_t> rounds{*this, "rounds", 1, "How long to keep it busy."};

    void process(penstock::packet& packet) override
    {
        std::uint64_t mixed = 1;
        for (std::uint64_t i = 0; i < *rounds; ++i)
            mixed = (mixed ^ i) * 0x9e3779b97f4a7c15U;
        packet.set("mixed", mixed);
    }
};

} // namespace

PENSTOCK_PACKAGE(penstock::component_of<work>("work", penstock::category::transformer,
                                              "Keeps a processor busy."))
