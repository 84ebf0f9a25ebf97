// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/intake/key_turns.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <unordered_map>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr std::size_t most_asked = 1'000;           // in one question, of either kind
constexpr std::chrono::milliseconds first_look{5};  // at what was left, after one of it has gone on
constexpr std::chrono::milliseconds last_look{100}; // while none does
constexpr std::chrono::milliseconds after_failure{250};
constexpr std::chrono::seconds long_time{10};

} // namespace

key_turns::key_turns(journal& kept, turn_owner& owner)
    : journal_(kept), owner_(owner), is_shared_(kept.is_shared())
{
}

key_turns::~key_turns()
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
    if (!thread_.joinable())
        thread_ = std::thread([this] { run(); });
    changed_.notify_all();
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

std::vector<entry_number> key_turns::left()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !is_asking_; });
    std::vector<entry_number> numbers;
    for (const auto& [key, of_key] : left_)
        for (const auto& [turn, number] : of_key)
            numbers.push_back(number);
    return numbers;
}

void key_turns::drop(entry_number left)
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !is_asking_; });
    for (auto& [key, of_key] : left_)
        std::erase_if(of_key, [left](const auto& each) { return each.second == left; });
    std::erase_if(left_, [](const auto& each) { return each.second.empty(); });
}

void key_turns::run()
{
    clock::duration pause = first_look;
    const auto has_changed = [this] { return stops_ || !arrived_.empty(); };
    std::unique_lock lock(mutex_);
    while (!stops_)
    {
        if (left_.empty())
            changed_.wait(lock, has_changed);
        else
            changed_.wait_for(lock, pause, has_changed);
        if (stops_)
            return;
        std::vector<asked> all = next_asked();
        is_asking_ = true;
        lock.unlock();
        const bool is_answered = ask(all);
        const bool has_gone_on = is_answered && settle(all);
        lock.lock();
        is_asking_ = false;
        changed_.notify_all();
        if (is_answered)
        {
            look_for_standstill(has_gone_on);
            pause = has_gone_on ? first_look : std::min<clock::duration>(2 * pause, last_look);
            continue;
        }
        for (auto each = all.rbegin(); each != all.rend(); ++each)
            if (each->arrived != nullptr)
                arrived_.insert(arrived_.begin(), std::move(each->arrived));
        changed_.wait_for(lock, after_failure, [this] { return stops_; });
    }
}

// Under the lock.
void key_turns::look_for_standstill(bool has_gone_on)
{
    const clock::time_point now = clock::now();
    if (has_gone_on || left_.empty())
    {
        gone_on_ = now;
        is_told_ = false;
    }
    else if (!is_told_ && now - gone_on_ >= long_time)
    {
        is_told_ = true;
        owner_.turns_stand_still(left_.size());
    }
}

// Under the lock.
std::vector<key_turns::asked> key_turns::next_asked()
{
    std::vector<asked> all;
    const std::size_t count = std::min(arrived_.size(), most_asked);
    for (std::size_t i = 0; i < count; ++i)
    {
        std::unique_ptr<entry>& each = arrived_[i];
        const entry_number number = each->receipt->number();
        std::string key = each->key;
        all.push_back({number, std::move(key), std::move(each)});
    }
    arrived_.erase(arrived_.begin(), arrived_.begin() + static_cast<std::ptrdiff_t>(count));
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
        for (const auto& [turn, number] : of_key->second)
            if (all.size() < limit)
                all.push_back({number, of_key->first, nullptr, turn, false});
        ++of_key;
    }
    next_left_ = of_key == left_.end() ? std::string() : of_key->first;
}

// Returns whether there was an answer.
bool key_turns::ask(std::vector<asked>& all)
{
    try
    {
        std::vector<entry_number> numbers;
        for (const asked& each : all)
            numbers.push_back(each.number);
        std::unordered_map<entry_number, key_turn> turns;
        for (const key_turn& each : journal_.turns(numbers))
            turns.emplace(each.number, each);
        for (asked& each : all)
            if (const auto found = turns.find(each.number); found != turns.end())
            {
                each.turn = found->second.turn;
                each.is_next = found->second.is_next;
            }
        return true;
    }
    catch (const std::exception& problem)
    {
        owner_.turns_failed(problem.what());
        return false;
    }
}

// In the order of the turns; returns whether one that was left has gone on.
bool key_turns::settle(std::vector<asked>& all)
{
    std::ranges::stable_sort(all, {}, &asked::turn);
    bool has_gone_on = false;
    for (asked& each : all)
        has_gone_on |= each.arrived != nullptr ? settle_arrived(each) : settle_left(each);
    std::erase_if(left_, [](const auto& each) { return each.second.empty(); });
    return has_gone_on;
}

bool key_turns::settle_arrived(asked& one)
{
    if (one.is_next && is_first_left(one))
    {
        owner_.go(std::move(one.arrived));
        return false;
    }
    owner_.leave(*one.arrived);
    left_[one.key].emplace(one.turn, one.number);
    one.arrived.reset();
    return false;
}

bool key_turns::settle_left(const asked& one)
{
    if (!one.is_next || !is_first_left(one))
        return false;
    try
    {
        if (!owner_.take_back(one.number))
            return false;
    }
    catch (const std::exception& problem)
    {
        owner_.turns_failed(problem.what());
        return false;
    }
    left_[one.key].erase(one.turn);
    return true;
}

// Whether none of its key that was left comes before it.
bool key_turns::is_first_left(const asked& one) const
{
    const auto of_key = left_.find(one.key);
    return of_key == left_.end() || of_key->second.empty() ||
           of_key->second.begin()->first >= one.turn;
}

} // namespace penstock::host
