// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/watchdog.hpp"

#include "host/supervise/crash_handler.hpp"
#include "host/supervise/stack_report.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <utility>

#include <pthread.h>

namespace penstock::host::supervise
{

namespace
{

using std::chrono::milliseconds;

constexpr auto most_between_looks = std::chrono::milliseconds(250);
constexpr auto between_warnings = std::chrono::seconds(1);
constexpr auto time_to_answer = std::chrono::milliseconds(100);

} // namespace

watchdog::watchdog(const inflight& threads, watchdog_options options)
    : threads_(threads),
      options_(std::move(options)),
      thread_([this](const std::stop_token& stop) { watch(stop); })
{
}

watchdog::~watchdog() = default;

void watchdog::watch(const std::stop_token& stop)
{
    ::pthread_setname_np(::pthread_self(), "watchdog");
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_lock lock(mutex);
    while (!changed.wait_for(lock, stop, between_looks, [] { return false; }) &&
           !stop.stop_requested())
        look(clock::now());
}

void watchdog::look(clock::time_point now)
{
    // If this thread was held up as well, so was the whole process: nobody is to blame for that.
    if (now - last_look_ > most_between_looks)
        seen_.clear();
    last_look_ = now;
    threads_.running(running_);
    std::erase_if(seen_,
                  [&](const auto& each)
                  {
                      return std::ranges::none_of(running_, [&](const running_slice& now_running)
                                                  { return now_running.slot == each.first; });
                  });
    for (const running_slice& each : running_)
    {
        sighting& seen = seen_[each.slot];
        if (seen.what == each)
            judge(seen, now);
        else
            seen = {each, now, spent_by(each), between_questions()};
    }
}

std::optional<thread_time> watchdog::spent_by(const running_slice& slice) const
{
    return time_of(threads_.shared_memory().slot(slice.slot).thread.load());
}

// How long a component has had the lane: what it has worked, or, if it sleeps, all but the time for
// which it wanted to work.
milliseconds watchdog::held(const sighting& each, clock::time_point now) const
{
    const auto since = now - each.since;
    const auto spent = spent_by(each.what);
    if (!spent || !each.spent)
        return std::chrono::floor<milliseconds>(since);
    return std::chrono::floor<milliseconds>(
        spent->is_asleep ? since - (spent->without_one - each.spent->without_one)
                         : spent->on_processor - each.spent->on_processor);
}

milliseconds watchdog::between_questions() const
{
    constexpr int questions_at_least = 4; // before a component is ended
    if (!options_.end || options_.limit.count() <= 0)
        return milliseconds::max();
    return std::min(options_.report_after, options_.limit / questions_at_least);
}

// Asks, when it is time, whether a component has taken packets since it was asked last.
bool watchdog::has_gone_on(sighting& each, milliseconds time)
{
    if (time < each.next_question)
        return false;
    each.next_question = time + between_questions();
    const auto packets = stack_report::progress_of(
        threads_.shared_memory().slot(each.what.slot).thread.load(), time_to_answer);
    const auto before = std::exchange(each.packets, packets);
    return packets && before && *packets != *before;
}

void watchdog::judge(sighting& each, clock::time_point now)
{
    const auto time = held(each, now);
    const auto limit = options_.limit;
    if (has_gone_on(each, time))
    {
        each.since = now;
        each.spent = spent_by(each.what);
        each.next_question = between_questions();
        return;
    }
    if (options_.end && limit.count() > 0 && time >= limit)
    {
        const auto name = inflight::name_of(threads_.shared_memory(), each.what.record);
        crash_handler::note_hang(threads_.shared_memory(), each.what.record, limit);
        options_.end(name.value_or(node_name{}), limit);
        return;
    }
    if (!each.was_reported && time >= options_.report_after)
        report(each);
    if (each.was_told || time < options_.warn_after || now - last_warning_ < between_warnings)
        return;
    const auto name = inflight::name_of(threads_.shared_memory(), each.what.record);
    if (!name)
        return;
    each.was_told = true;
    last_warning_ = now;
    options_.warn(*name, "has kept its lane to itself for " + std::to_string(time.count()) + " ms");
}

void watchdog::report(sighting& each)
{
    each.was_reported = true;
    const auto name = inflight::name_of(threads_.shared_memory(), each.what.record);
    const std::string calls = stack_report::of(
        threads_.shared_memory().slot(each.what.slot).thread.load(), time_to_answer);
    if (name && !calls.empty())
        options_.warn(*name, "is at " + calls);
}

} // namespace penstock::host::supervise
