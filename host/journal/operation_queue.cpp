// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/operation_queue.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr std::size_t most_operations = 16'384; // of one group

bool is_awaited(const operation& what)
{
    if (const auto* append = std::get_if<append_operation>(&what))
        return append->waiter->is_urgent();
    return !std::holds_alternative<done_operation>(what) &&
           !std::holds_alternative<dead_operation>(what);
}

// The number of an entry that need not be written if it is done soon; 0 for all else.
entry_number number_of_lazy(const operation& what)
{
    const auto* append = std::get_if<append_operation>(&what);
    return append == nullptr || append->waiter->is_urgent() ||
                   !append->what->idempotency_key.empty()
               ? 0
               : append->what->number;
}

std::size_t bytes_of(const operation& what)
{
    const auto* append = std::get_if<append_operation>(&what);
    return append == nullptr ? 0 : append->what->head.size() + append->what->body.size();
}

call* caller_of(operation& what)
{
    if (auto* drop = std::get_if<drop_operation>(&what))
        return drop->caller.get();
    if (auto* suspect = std::get_if<suspect_operation>(&what))
        return suspect->caller.get();
    if (auto* clear_suspects = std::get_if<clear_operation>(&what))
        return clear_suspects->caller.get();
    if (auto* flush = std::get_if<flush_operation>(&what))
        return flush->caller.get();
    return nullptr;
}

} // namespace

bool operation_queue::push(operation&& what)
{
    if (takes_back(what))
        return false;
    const bool awaited = host::is_awaited(what);
    queue_.push_back(std::move(what));
    note_lazy(queue_.back());
    if (awaited)
        return ++awaited_ == 1;
    if (lazy_since_)
        return false;
    lazy_since_ = clock::now();
    return true;
}

// One that there is no memory to note is written all the same when it is done.
void operation_queue::note_lazy(operation& what) noexcept
{
    try
    {
        if (const entry_number lazy = number_of_lazy(what))
            lazy_.push_back({lazy, &what});
    }
    catch (const std::bad_alloc&)
    {
    }
}

// An entry that is done before it was written needs no more than its receipt, in its place. Dead
// letters refer to the entry.
bool operation_queue::takes_back(operation& what)
{
    auto* const done = std::get_if<done_operation>(&what);
    if (done == nullptr || !done->journalled || done->receipt->dead_count != 0)
        return false;
    lazy_append* const found = find_lazy(done->number);
    if (found == nullptr)
        return false;
    done->journalled = false;
    *found->what = std::move(what);
    forget_lazy(*found);
    return true;
}

operation_queue::lazy_append* operation_queue::find_lazy(entry_number number) noexcept
{
    const auto found = std::ranges::lower_bound(lazy_, number, {}, &lazy_append::number);
    const bool is_there = found != lazy_.end() && found->number == number && found->what != nullptr;
    return is_there ? &*found : nullptr;
}

void operation_queue::forget_lazy(lazy_append& of) noexcept
{
    of.what = nullptr;
    while (!lazy_.empty() && lazy_.front().what == nullptr)
        lazy_.pop_front();
}

operation_group operation_queue::take(std::size_t entries, std::size_t bytes)
{
    operation_group taken;
    taken.reserve(std::min(queue_.size(), most_operations));
    std::size_t appends = 0;
    std::size_t size = 0;
    while (!queue_.empty() && taken.size() < most_operations && appends < entries && size < bytes)
    {
        operation& next = queue_.front();
        size += bytes_of(next);
        appends += std::holds_alternative<append_operation>(next) ? 1 : 0;
        awaited_ -= host::is_awaited(next) ? 1 : 0;
        if (lazy_append* const found = find_lazy(number_of_lazy(next)))
            forget_lazy(*found);
        taken.push_back(std::move(next));
        queue_.pop_front();
    }
    if (queue_.empty())
        lazy_since_.reset();
    return taken;
}

operation_group operation_queue::put_back(operation_group failed)
{
    operation_group awaited;
    operation_list left;
    const auto sort = [&](operation& each)
    {
        if (host::is_awaited(each))
            awaited.push_back(std::move(each));
        else
            left.push_back(std::move(each));
    };
    std::ranges::for_each(failed, sort);
    std::ranges::for_each(queue_, sort);
    queue_ = std::move(left);
    awaited_ = 0;
    lazy_.clear();
    for (operation& each : queue_)
        note_lazy(each);
    if (!queue_.empty() && !lazy_since_)
        lazy_since_ = clock::now();
    return awaited;
}

void settle(operation_group& operations)
{
    for (operation& each : operations)
    {
        if (auto* append = std::get_if<append_operation>(&each))
            append->waiter->settled(commit::kept);
        else if (const auto* drop = std::get_if<drop_operation>(&each))
            drop->caller->answer(drop->found);
        else if (call* caller = caller_of(each))
            caller->answer(true);
    }
}

void refuse(operation_group& operations, const std::string& reason)
{
    for (operation& each : operations)
    {
        if (auto* append = std::get_if<append_operation>(&each))
            append->waiter->settled(commit::refused);
        else if (call* caller = caller_of(each))
            caller->fail(reason);
    }
}

} // namespace penstock::host
