// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/intake/spill.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr auto time_to_try_again = std::chrono::seconds(1);

// The owner may have room after a while though nothing has happened.
constexpr auto between_looks = std::chrono::seconds(1);

} // namespace

spill::spill(journal& kept, std::string graph, spill_owner& owner)
    : journal_(kept), graph_(std::move(graph)), owner_(owner)
{
}

spill::~spill()
{
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable())
        thread_.join();
}

void spill::begin(const pending_of_graph& left)
{
    std::lock_guard lock(mutex_);
    if (left.entries != 0)
        open(left.last, 0);
}

bool spill::absorb(entry_number number, bool memory_is_full)
{
    std::lock_guard lock(mutex_);
    if (last_ == 0 && !memory_is_full)
        return false;
    open(number, last_ == 0 ? number - 1 : back_);
    return true;
}

// Under the lock. Up to `back`, all entries are in memory or done.
void spill::open(entry_number last, entry_number back)
{
    if (!thread_.joinable())
        thread_ = std::thread([this] { run(); });
    last_ = last;
    back_ = back;
    woken_ = true;
    changed_.notify_all();
}

void spill::hold()
{
    std::lock_guard lock(mutex_);
    held_ = true;
}

void spill::release()
{
    {
        std::lock_guard lock(mutex_);
        held_ = false;
    }
    wake();
}

void spill::wake()
{
    std::lock_guard lock(mutex_);
    if (last_ == 0)
        return;
    woken_ = true;
    changed_.notify_all();
}

spill::rest spill::left()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !is_bringing_; });
    return {back_, last_};
}

void spill::drop(entry_number up_to)
{
    std::lock_guard lock(mutex_);
    back_ = std::max(back_, up_to);
    if (back_ < last_)
        return;
    last_ = 0;
    changed_.notify_all();
}

bool spill::is_empty() const
{
    std::lock_guard lock(mutex_);
    return last_ == 0;
}

bool spill::wait_empty(std::chrono::steady_clock::time_point deadline)
{
    std::unique_lock lock(mutex_);
    return changed_.wait_until(lock, deadline, [this] { return last_ == 0; });
}

void spill::run()
{
    std::unique_lock lock(mutex_);
    while (!stopping_)
    {
        woken_ = false;
        const auto has_changed = [this] { return stopping_ || woken_; };
        if (last_ == 0)
        {
            changed_.wait(lock, has_changed);
            continue;
        }
        const std::optional<read_limits> room = held_ ? std::nullopt : owner_.room();
        if (!room)
        {
            changed_.wait_for(lock, between_looks, has_changed);
            continue;
        }
        const entry_number up_to = last_;
        const entry_number from = back_;
        is_bringing_ = true;
        lock.unlock();
        const outcome brought = bring_back(from, up_to, *room);
        lock.lock();
        is_bringing_ = false;
        changed_.notify_all();
        back_ = brought.back;
        if (brought.all && last_ == up_to)
        {
            last_ = 0; // what comes from now on need not wait
            changed_.notify_all();
            lock.unlock();
            owner_.all_back();
            lock.lock();
        }
    }
}

// What is committed after `up_to` is still in the hands of the journal, which will ask absorb().
spill::outcome spill::bring_back(entry_number from, entry_number up_to, read_limits room)
{
    outcome brought{from, false};
    try
    {
        std::vector<journal_entry> found = journal_.next(graph_, from, room);
        brought.all = found.empty() || found.front().number > up_to;
        for (journal_entry& each : found)
        {
            const entry_number number = each.number;
            if (number > up_to)
                break;
            if (!owner_.take_back(std::move(each)))
                break;
            brought.back = number;
        }
    }
    catch (const std::exception& error)
    {
        owner_.spill_failed(error.what());
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, time_to_try_again, [this] { return stopping_; });
    }
    return brought;
}

} // namespace penstock::host
