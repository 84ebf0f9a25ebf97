// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/groups/operation_queue.hpp"

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr std::size_t most_operations = 16'384; // of one group

// What is done waits no longer than until there is so much of it: more would come again after a
// crash, and more pages be in the log at a time. Four times as many save 3 % of the bytes.
constexpr std::size_t most_done = 128;
constexpr std::size_t most_bytes_done = std::size_t{512} << 10;

bool is_awaited(const operation& what)
{
    if (const auto* append = std::get_if<append_operation>(&what))
        return append->waiter->is_urgent();
    return !std::holds_alternative<done_operation>(what) &&
           !std::holds_alternative<dead_operation>(what);
}

// Whether its mark and its receipt may wait for those of others. Dead letters do not wait, and would
// be there twice if their entry were processed again.
bool waits_when_done(const operation& what)
{
    const auto* done = std::get_if<done_operation>(&what);
    return done != nullptr && done->receipt->dead_count == 0;
}

bool is_other(const operation& what)
{
    return !std::holds_alternative<append_operation>(what) && is_awaited(what);
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

commit outcome_of(const append_operation& what)
{
    if (what.found)
        return commit::kept;
    return what.what->taken_from != 0 ? commit::refused : commit::repeated;
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
    const bool waits = waits_when_done(what);
    const bool awaited = host::is_awaited(what);
    const bool other = is_other(what);
    const bool had_group = wake_at_ && has_group(*wake_at_);
    const std::size_t bytes = bytes_of(what);
    if (waits)
        done_.emplace_back(taken_ + queue_.size()).what = std::move(what);
    else
        queue_.push_back(std::move(what));
    awaited_others_ += other ? 1 : 0;
    bytes_ += bytes;
    const bool is_first_awaited = awaited && ++awaited_ == 1;
    if (!awaited && !waits)
        note_lazy(queue_.back());
    const bool completes = wake_at_ && !had_group && has_group(*wake_at_);
    if (awaited)
        return is_first_awaited || completes;
    std::optional<clock::time_point>& since = waits ? done_since_ : lazy_since_;
    if (since)
        return completes;
    since = clock::now();
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
    bytes_ -= bytes_of(*found->what);
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

operation_group operation_queue::take(const group_limits& limits, clock::time_point due)
{
    const bool with_done = (done_since_ && *done_since_ <= due) || takes_done();
    // Whoever waits for what is no entry waits for all that was done before.
    const std::size_t most = awaited_others_ > 0 ? queue_.size() + done_.size() : most_operations;
    operation_group taken;
    taken.reserve(std::min(queue_.size() + (with_done ? done_.size() : 0), most_operations));
    std::size_t appends = 0;
    std::size_t size = 0;
    while (!queue_.empty() && taken.size() < most_operations && appends < limits.entries &&
           size < limits.bytes)
    {
        operation& next = queue_.front();
        size += bytes_of(next);
        bytes_ -= bytes_of(next);
        appends += std::holds_alternative<append_operation>(next) ? 1 : 0;
        awaited_ -= host::is_awaited(next) ? 1 : 0;
        awaited_others_ -= is_other(next) ? 1 : 0;
        if (lazy_append* const found = find_lazy(number_of_lazy(next)))
            forget_lazy(*found);
        taken.push_back(std::move(next));
        queue_.pop_front();
        ++taken_;
    }
    if (queue_.empty())
        lazy_since_.reset();
    bytes_since_done_ += size;
    if (with_done)
        move_done(taken, most - std::min(most, taken.size()));
    return taken;
}

operation_group operation_queue::take_all()
{
    operation_group taken(std::move_iterator(queue_.begin()), std::move_iterator(queue_.end()));
    taken_ += queue_.size();
    move_done(taken, done_.size());
    *this = operation_queue();
    return taken;
}

bool operation_queue::takes_done() const noexcept
{
    return awaited_ == 0 || awaited_others_ > 0 || done_.size() >= most_done ||
           bytes_since_done_ >= most_bytes_done;
}

// Its entry is committed first.
void operation_queue::move_done(operation_group& to, std::size_t most)
{
    if (most > 0 && !done_.empty() && done_.front().after <= taken_)
        bytes_since_done_ = 0;
    for (; most > 0 && !done_.empty() && done_.front().after <= taken_; --most)
    {
        to.push_back(std::move(done_.front().what));
        done_.pop_front();
    }
    if (done_.empty())
        done_since_.reset();
}

std::optional<operation_queue::clock::time_point> operation_queue::lazy_since() const noexcept
{
    return lazy_since_ && done_since_ ? std::min(lazy_since_, done_since_)
           : lazy_since_              ? lazy_since_
                                      : done_since_;
}

operation_group operation_queue::put_back(operation_group failed)
{
    operation_group awaited;
    operation_list left;
    std::vector<operation> done;
    const auto sort = [&](operation& each)
    {
        if (host::is_awaited(each))
            awaited.push_back(std::move(each));
        else if (waits_when_done(each))
            done.push_back(std::move(each));
        else
            left.push_back(std::move(each));
    };
    std::ranges::for_each(failed, sort);
    std::ranges::for_each(queue_, sort);
    for (done_entry& each : done_)
        done.push_back(std::move(each.what));
    queue_ = std::move(left);
    done_.clear();
    for (operation& each : done)
        done_.emplace_back(taken_ + queue_.size()).what = std::move(each);
    awaited_ = 0;
    awaited_others_ = 0;
    bytes_ = 0;
    lazy_.clear();
    for (operation& each : queue_)
    {
        note_lazy(each);
        bytes_ += bytes_of(each);
    }
    if (!queue_.empty() && !lazy_since_)
        lazy_since_ = clock::now();
    if (!done_.empty() && !done_since_)
        done_since_ = clock::now();
    return awaited;
}

std::size_t awaited_entries(const operation_group& operations)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        operations, [](const operation& each)
        { return std::holds_alternative<append_operation>(each) && is_awaited(each); }));
}

void settle(operation_group& operations)
{
    for (operation& each : operations)
    {
        if (auto* append = std::get_if<append_operation>(&each))
            append->waiter->settled(outcome_of(*append));
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
