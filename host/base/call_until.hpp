// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <future>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

namespace penstock::host
{

/// Calls `work` on a thread of its own, and returns what it returned, or nothing if it has not
/// returned by `deadline`: then it goes on, what it refers to must outlive it, and there is little
/// left but to end the program. What it throws in time is thrown here. Blocks.
template <class Work>
[[nodiscard]] std::optional<std::invoke_result_t<Work>>
call_until(std::chrono::steady_clock::time_point deadline, Work work)
{
    std::packaged_task<std::invoke_result_t<Work>()> task(std::move(work));
    auto returned = task.get_future();
    std::thread working(std::move(task));
    if (returned.wait_until(deadline) != std::future_status::ready)
    {
        working.detach();
        return std::nullopt;
    }
    working.join();
    return returned.get();
}

} // namespace penstock::host
