// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/host/engine/bench.hpp"
#include "tests/plugins/scratch_directory.hpp"

#include "host/journal/sqlite/sqlite_journal.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host::tests
{

/// A journal in a folder.
inline std::unique_ptr<sqlite_journal> open(const scratch_directory& folder)
{
    sqlite_journal_options options;
    options.directory = folder.path("");
    return std::make_unique<sqlite_journal>(options);
}

/// Publishes what comes in.
inline plan_builder straight(collected& into)
{
    plan_builder plan;
    plan.door().sink(into).edge("door.out", "sink.in");
    return plan;
}

/// Takes packets, notes their ids, and never lets go of them.
inline plan_builder ids_held(collected& ids)
{
    plan_builder plan;
    plan.door()
        .function(
            "hold",
            [&ids](input& in, output&, function_component&)
            {
                std::vector<packet> held;
                for (;;) // ends only by being stopped
                    if (received next = in.receive_until(std::chrono::steady_clock::now() + 1ms))
                    {
                        ids.add(next->id().text());
                        held.push_back(std::move(*next));
                    }
            },
            category::publisher)
        .edge("door.out", "hold.in");
    return plan;
}

/// Publishes packets, and notes their ids.
inline plan_builder ids_taken(collected& ids)
{
    plan_builder plan;
    plan.door()
        .function(
            "take",
            [&ids](input& in, output&, function_component& self)
            {
                while (auto packet = in.receive())
                {
                    ids.add(packet->id().text());
                    self.deliver(std::move(*packet));
                }
            },
            category::publisher)
        .edge("door.out", "take.in");
    return plan;
}

/// An entry that the journal keeps.
inline std::unique_ptr<entry> to_keep(std::string data, std::string key = {})
{
    auto made = bench::make_entry(std::move(data));
    made->keep = true;
    made->key = std::move(key);
    return made;
}

} // namespace penstock::host::tests
