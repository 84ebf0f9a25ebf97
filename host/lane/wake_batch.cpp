// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/wake_batch.hpp"

#include "host/lane/mailbox.hpp"

#include <new>
#include <utility>

namespace penstock::host
{

namespace
{
thread_local wake_batch* open_batch = nullptr;
} // namespace

wake_batch::wake_batch(std::function<void(std::function<void()>)> post) : post_(std::move(post))
{
    open_batch = this;
}

wake_batch::~wake_batch()
{
    open_batch = nullptr;
    wake();
}

void wake_batch::wake()
{
    for (const std::shared_ptr<mailbox>& each : asleep_)
        each->wake();
    asleep_.clear();
}

bool wake_batch::takes(std::shared_ptr<mailbox> asleep)
{
    if (open_batch == nullptr)
        return false;
    try
    {
        if (open_batch->asleep_.empty())
            open_batch->post_([batch = open_batch] { batch->wake(); });
        open_batch->asleep_.push_back(std::move(asleep));
    }
    catch (const std::bad_alloc&) // who called wakes the lane
    {
        return false;
    }
    return true;
}

} // namespace penstock::host
