// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/detail/packet_access.hpp>

#include <string_view>

namespace penstock::testing
{

/// Stands for the receipt of all packets of one run, so that each of their ends is heard of.
class run_lineage final : public detail::lineage
{
public:
    void count(detail::end) noexcept override {}
    void add_dead_letter(const json::object&) override {}
    void abandon() noexcept override {}
    void reply(const packet&) override {}
    void receipts(void (*)(void*, std::string_view), void*) const override {}

    // All packets of a run have one key.
    void keys(void (*visit)(void*, std::string_view), void* context) const override
    {
        visit(context, {});
    }

private:
    void closed() noexcept override { delete this; }
};

} // namespace penstock::testing
