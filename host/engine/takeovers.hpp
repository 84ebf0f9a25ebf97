// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/engine.hpp"
#include "host/journal/left_place.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

namespace penstock::host
{

/// Takes over what other hosts of a shared journal have left that are gone: their entries are
/// admitted to the graphs of the same names that run here, in order, with the ids that they had. On
/// a thread of its own, which looks for such hosts now and then.
class takeovers
{
public:
    /// `graphs` outlives it.
    explicit takeovers(engine& graphs,
                       std::chrono::milliseconds pause = std::chrono::milliseconds(250));
    takeovers(const takeovers&) = delete;
    takeovers& operator=(const takeovers&) = delete;

    /// Ends what is at hand; what of it was not admitted stays where it is. Blocks.
    ~takeovers();

private:
    void run();
    void look();
    void take(left_place& place, const pending_of_graph& left);
    [[nodiscard]] bool admit(running_graph& graph, const journal_entry& what, std::int64_t term);
    [[nodiscard]] bool pause(std::chrono::milliseconds time);
    void log(severity level, std::string_view graph, const std::string& text) const;

    engine& engine_;
    const std::chrono::milliseconds pause_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stops_ = false;
    std::thread thread_;
};

} // namespace penstock::host
