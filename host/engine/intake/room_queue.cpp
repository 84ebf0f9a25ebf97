// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/intake/room_queue.hpp"

#include "host/lane/completion_queue.hpp"

#include <algorithm>

namespace penstock::host
{

void room_queue::wait(std::shared_ptr<completion_queue> source)
{
    std::lock_guard lock(mutex_);
    if (std::ranges::find(waiting_, source) == waiting_.end())
        waiting_.push_back(std::move(source));
    any_.exchange(1, std::memory_order_acq_rel);
}

void room_queue::tell()
{
    std::vector<std::shared_ptr<completion_queue>> waiting;
    {
        std::lock_guard lock(mutex_);
        any_.exchange(0, std::memory_order_acq_rel);
        waiting.swap(waiting_);
    }
    for (const auto& each : waiting)
        each->has_room();
}

} // namespace penstock::host
