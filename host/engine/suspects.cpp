// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/suspects.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host
{

suspects::suspects(std::shared_ptr<supervise::graph_record> told, supervise::suspicion left)
    : told_(std::move(told)),
      any_(left.last != 0),
      careful_(left.careful && (left.last != 0 || left.watched != 0)),
      left_(std::move(left)),
      watched_(left_.watched)
{
    told_->suspects.store(left_.last);
    told_->single.store(left_.single);
    told_->in_steps.store(left_.in_steps ? 1 : 0);
    told_->careful.store(careful_.load() ? 1 : 0);
    told_->watched.store(watched_);
}

std::size_t suspects::room(clock::time_point now) const
{
    if (!any_.load())
        return any_number;
    std::lock_guard lock(mutex_);
    if (!left_.in_steps || last_let_in_ >= left_.last)
        return any_number;
    if (open_ != 0 && now - opened_ < patience)
        return 0;
    return last_let_in_ < left_.single ? 1 : a_few;
}

void suspects::let_in(entry_number number)
{
    for (auto greatest = told_->through.load(std::memory_order_relaxed); greatest < number;)
        if (told_->through.compare_exchange_weak(greatest, number, std::memory_order_relaxed))
            break;
    if (!any_.load() || number > left_.last)
        return;
    const clock::time_point now = clock::now();
    std::lock_guard lock(mutex_);
    const bool is_first = open_ == 0 || now - opened_ >= patience;
    ++open_;
    opened_ = now;
    last_let_in_ = std::max(last_let_in_, number); // one that waited for its turn comes later
    if (!left_.in_steps)
        return;
    told_->last.store(is_first ? number : std::max(told_->last.load(), number));
    told_->first.store(is_first ? number : std::min(told_->first.load(), number));
}

void suspects::ended(entry_number number)
{
    if (!any_.load() || number > left_.last)
        return;
    std::lock_guard lock(mutex_);
    if (--open_ != 0)
        return;
    told_->first.store(0);
    told_->last.store(0);
    if (all_let_in_)
        forget();
}

void suspects::all_let_in()
{
    if (!any_.load())
        return;
    std::lock_guard lock(mutex_);
    all_let_in_ = true;
    if (open_ == 0)
        forget();
}

// All have ended, and the worker has not.
void suspects::forget()
{
    any_.store(false);
    told_->suspects.store(0);
    told_->in_steps.store(0);
    told_->single.store(0);
    relax();
}

void suspects::unkept_let_in() noexcept
{
    told_->unkept.fetch_add(1, std::memory_order_relaxed);
}

void suspects::unkept_ended()
{
    told_->unkept.fetch_sub(1, std::memory_order_relaxed);
    if (!careful_.load())
        return;
    std::lock_guard lock(mutex_);
    if (watched_ != 0 && --watched_ == 0)
        relax();
}

// Under the lock.
void suspects::relax()
{
    if (any_.load() || watched_ != 0)
        return;
    careful_.store(false);
    told_->careful.store(0);
    told_->watched.store(0);
}

} // namespace penstock::host
