// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/groups/operation.hpp"

namespace penstock::host
{

bool call::wait()
{
    std::unique_lock lock(mutex_);
    settled_.wait(lock, [&] { return is_settled_; });
    if (!why_.empty())
        throw journal_error(why_);
    return answer_;
}

void call::answer(bool what)
{
    // Told under the lock: the caller may destroy this as soon as it has it.
    std::lock_guard lock(mutex_);
    answer_ = what;
    is_settled_ = true;
    settled_.notify_one();
}

void call::fail(std::string why)
{
    std::lock_guard lock(mutex_);
    why_ = std::move(why);
    is_settled_ = true;
    settled_.notify_one();
}

} // namespace penstock::host
