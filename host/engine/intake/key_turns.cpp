// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/intake/key_turns.hpp"

#include <algorithm>
#include <exception>
#include <unordered_map>

namespace penstock::host
{

namespace
{

constexpr std::size_t most_asked = 1'000;   // in one question, of either kind
constexpr std::size_t most_taken_back = 64; // after one question: what arrives waits meanwhile
constexpr std::chrono::milliseconds first_look{5}; // at what was left, after one of it has gone on
constexpr std::chrono::milliseconds last_look{20}; // while none does
constexpr std::chrono::milliseconds after_failure{250};

} // namespace

key_turns::key_turns(journal& kept, turn_owner& owner, clock::duration long_time)
    : journal_(kept), owner_(owner), long_time_(long_time), is_shared_(kept.is_shared())
{
}

void key_turns::end()
{
    {
        std::lock_guard lock(mutex_);
        stops_ = true;
        changed_.notify_all();
    }
    if (thread_.joinable())
        thread_.join();
}

void key_turns::enter(std::unique_ptr<entry> pending)
{
    std::lock_guard lock(mutex_);
    arrived_.push_back(std::move(pending));
    if (!thread_.joinable() && !stops_)
        thread_ = std::thread([this] { run(); });
    changed_.notify_all();
}

bool key_turns::is_empty() const
{
    std::lock_guard lock(mutex_);
    return !is_asking_ && arrived_.empty() && left_.empty();
}

void key_turns::wait_asked(clock::time_point deadline)
{
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, deadline, [this] { return arrived_.empty() && !is_asking_; });
}

std::vector<std::unique_ptr<entry>> key_turns::take_arrived()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !is_asking_; });
    return std::exchange(arrived_, {});
}

std::vector<left_entry> key_turns::left()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !is_asking_; });
    std::vector<left_entry> all;
    for (const auto& [key, of_key] : left_)
        for (const auto& [turn, bytes] : of_key.entries)
            all.push_back({turn.second, bytes});
    return all;
}

void key_turns::drop(entry_number left)
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !is_asking_; });
    for (auto& [key, of_key] : left_)
        std::erase_if(of_key.entries,
                      [left](const auto& each) { return each.first.second == left; });
    std::erase_if(left_, [](const auto& each) { return each.second.entries.empty(); });
}

void key_turns::run()
{
    clock::duration pause = first_look;
    clock::time_point next_look = clock::now();
    const auto has_changed = [this] { return stops_ || !arrived_.empty(); };
    std::unique_lock lock(mutex_);
    while (!stops_)
    {
        if (left_.empty())
            changed_.wait(lock, has_changed);
        else
            changed_.wait_until(lock, next_look, has_changed);
        if (stops_)
            return;
        const bool looks = clock::now() >= next_look;
        std::vector<asked> all = next_asked(looks);
        is_asking_ = true;
        lock.unlock();
        const bool is_answered = ask(all);
        const std::size_t gone_on = is_answered ? settle(all) : 0;
        if (const std::size_t more = count_standstills(); more != 0)
            owner_.turns_stand_still(more);
        lock.lock();
        put_back(all);
        is_asking_ = false;
        changed_.notify_all();
        if (looks)
        {
            pause = gone_on == most_taken_back ? clock::duration(0)
                    : gone_on > 0              ? first_look
                                  : std::clamp<clock::duration>(2 * pause, first_look, last_look);
            next_look = clock::now() + pause;
        }
        if (!is_answered)
            changed_.wait_for(lock, after_failure, [this] { return stops_; });
        else if (arrived_.empty() && left_.empty())
        {
            lock.unlock();
            owner_.all_gone_on();
            lock.lock();
        }
    }
}

// Under the lock.
std::vector<key_turns::asked> key_turns::next_asked(bool with_left)
{
    std::vector<asked> all;
    const std::size_t count = std::min(arrived_.size(), most_asked);
    for (std::size_t i = 0; i < count; ++i)
    {
        std::unique_ptr<entry>& each = arrived_[i];
        const left_entry what{each->receipt->number(), each->bytes};
        std::string key = each->key;
        all.push_back({what, std::move(key), std::move(each)});
    }
    arrived_.erase(arrived_.begin(), arrived_.begin() + static_cast<std::ptrdiff_t>(count));
    if (with_left)
        add_left(all);
    return all;
}

// Of each key the first ones; the next time other keys, if there are too many.
void key_turns::add_left(std::vector<asked>& all)
{
    const std::size_t limit = all.size() + most_asked;
    auto of_key = left_.lower_bound(next_left_);
    for (std::size_t i = 0; i < left_.size() && all.size() < limit; ++i)
    {
        if (of_key == left_.end())
            of_key = left_.begin();
        for (const auto& [turn, bytes] : of_key->second.entries)
            if (all.size() < limit)
                all.push_back({{turn.second, bytes}, of_key->first, nullptr, turn.first});
        ++of_key;
    }
    next_left_ = of_key == left_.end() ? std::string() : of_key->first;
}

// Returns whether there was an answer. A journal that does not know an entry which it has kept may be
// asked at a server that another one has replaced, and so knows of no other host's either. What it does
// not know for long is lost, and waits for nothing.
bool key_turns::ask(std::vector<asked>& all)
{
    try
    {
        std::vector<entry_number> numbers;
        for (const asked& each : all)
            numbers.push_back(each.what.number);
        std::unordered_map<entry_number, key_turn> turns;
        for (const key_turn& each : journal_.turns(numbers))
            turns.emplace(each.number, each);
        if (turns.size() == all.size())
            unknown_since_.reset();
        else if (is_behind(all.size() - turns.size()))
            return false;
        for (asked& each : all)
        {
            const auto found = turns.find(each.what.number);
            each.is_known = found != turns.end();
            each.is_next = !each.is_known || found->second.is_next;
            if (each.is_known && each.arrived != nullptr)
                each.turn = found->second.turn;
        }
        return true;
    }
    catch (const std::exception& problem)
    {
        owner_.turns_failed(problem.what());
        return false;
    }
}

bool key_turns::is_behind(std::size_t unknown)
{
    const clock::time_point now = clock::now();
    if (!unknown_since_)
    {
        unknown_since_ = now;
        owner_.turns_failed(
            std::to_string(unknown) +
            " requests are not known to it; one that has what it has confirmed was expected");
    }
    return now - *unknown_since_ < 3 * long_time_;
}

// In the order of the turns; returns how many of those that were left have gone on.
std::size_t key_turns::settle(std::vector<asked>& all)
{
    std::ranges::stable_sort(all, {}, &asked::turn);
    std::size_t gone_on = 0;
    for (asked& each : all)
    {
        try
        {
            if (each.arrived != nullptr)
                settle_arrived(each);
            else if (gone_on < most_taken_back && settle_left(each))
                ++gone_on;
        }
        catch (const std::exception& problem)
        {
            owner_.turns_failed(problem.what());
        }
    }
    std::erase_if(left_, [](const auto& each) { return each.second.entries.empty(); });
    return gone_on;
}

void key_turns::settle_arrived(asked& one)
{
    if (one.is_next && is_first_left(one) && owner_.go(one.arrived))
        return;
    waiting& of_key = left_[one.key];
    of_key.entries.emplace(std::pair(one.turn, one.what.number), one.what.bytes);
    owner_.leave(*one.arrived);
    one.arrived.reset();
}

bool key_turns::settle_left(const asked& one)
{
    if (!is_first_left(one))
        return false;
    waiting& of_key = left_[one.key];
    if (!one.is_next)
    {
        if (!of_key.since)
            of_key.since = clock::now();
        return false;
    }
    of_key.since.reset();
    of_key.is_told = false;
    if (!owner_.take_back(one.what, one.is_known))
        return false;
    of_key.entries.erase(std::pair(one.turn, one.what.number));
    return true;
}

// Whether none of its key that was left comes before it.
bool key_turns::is_first_left(const asked& one) const
{
    const auto of_key = left_.find(one.key);
    return of_key == left_.end() || of_key->second.entries.empty() ||
           of_key->second.entries.begin()->first >= std::pair(one.turn, one.what.number);
}

// Of those that were not told of yet.
std::size_t key_turns::count_standstills()
{
    std::size_t count = 0;
    const clock::time_point now = clock::now();
    for (auto& [key, of_key] : left_)
        if (of_key.since && !of_key.is_told && now - *of_key.since >= long_time_)
        {
            of_key.is_told = true;
            ++count;
        }
    return count;
}

// Under the lock: those that have arrived and were not settled, before all others.
void key_turns::put_back(std::vector<asked>& all)
{
    std::vector<std::unique_ptr<entry>> again;
    for (asked& each : all)
        if (each.arrived != nullptr)
            again.push_back(std::move(each.arrived));
    if (again.empty())
        return;
    std::ranges::move(arrived_, std::back_inserter(again));
    arrived_ = std::move(again);
}

} // namespace penstock::host
