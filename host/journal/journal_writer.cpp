// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/journal_writer.hpp"

#include <algorithm>
#include <new>
#include <utility>
#include <variant>

#include <pthread.h>

namespace penstock::host
{

namespace
{

template <class Kind>
std::size_t count_of(const operation_group& operations)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        operations, [](const operation& each) { return std::holds_alternative<Kind>(each); }));
}

writer_options completed(writer_options options)
{
    if (!options.clock)
        options.clock = steady_wall_clock();
    return options;
}

} // namespace

journal_writer::journal_writer(journal_medium& medium, writer_options options)
    : options_(completed(std::move(options))),
      medium_(medium),
      gathering_(options_.gather),
      numbers_(medium_.state(), options_.host_number)
{
    try
    {
        operation_group none;
        medium_.commit(none, numbers_.replenished(medium_.state()));
    }
    catch (const medium_error& problem)
    {
        if (!problem.passes())
            throw;
        trouble_.reason = problem.what(); // what is pending can be read and processed all the same
    }
    catch (const journal_error& problem)
    {
        trouble_.reason = problem.what();
    }
    full_ = medium_.fullness();
    tell(trouble_.reason.empty() ? full_ : trouble_.reason);
    dead_letters_ = {medium_.dead_letters(), medium_.state().expired};
    thread_ = std::thread([this] { run(); });
    ::pthread_setname_np(thread_.native_handle(), "journal");
}

journal_writer::~journal_writer()
{
    {
        std::lock_guard lock(mutex_);
        stops_ = true;
        changed_.notify_one();
    }
    thread_.join();
}

void journal_writer::wake_if(bool is_asleep)
{
    if (is_asleep)
        changed_.notify_one();
}

void journal_writer::append(std::unique_ptr<journal_entry> what,
                            std::unique_ptr<append_waiter> waiter)
{
    append_waiter& waits = *waiter;
    operation made = append_operation{std::move(what), std::move(waiter)};
    try
    {
        std::lock_guard lock(mutex_);
        const issue given = numbers_.next(options_.clock());
        journal_entry& entry = *std::get<append_operation>(made).what;
        entry.number = given.number;
        if (entry.taken_from == 0)
            entry.id = given.id;
        waits.issued({entry.number, entry.id});
        if (trouble_.reason.empty() && full_.empty() && !stops_)
            return wake_if(queue_.push(std::move(made)));
    }
    catch (const std::bad_alloc&) // of the queue, which has not taken it
    {
    }
    waits.settled(commit::refused);
}

issue journal_writer::number()
{
    std::lock_guard lock(mutex_);
    return numbers_.next(options_.clock());
}

void journal_writer::done(finished_entry entry)
{
    auto receipt = std::allocate_shared<const kept_receipt>(
        detail::recycling_allocator<kept_receipt>(), std::move(entry.receipt));
    unwritten_.add(receipt);
    std::lock_guard lock(mutex_);
    wake_if(queue_.push(done_operation{entry.number, entry.journalled, std::move(receipt)}));
}

std::string journal_writer::dead(dead_letter what)
{
    auto row = std::make_shared<dead_letter_row>(0, std::move(what));
    std::lock_guard lock(mutex_);
    row->number = numbers_.next_dead_letter();
    std::string id = std::to_string(row->number);
    unwritten_.add(row);
    ++waiting_dead_letters_;
    wake_if(queue_.push(dead_operation{std::move(row)}));
    return id;
}

bool journal_writer::ask(operation what, call& caller)
{
    post(std::move(what));
    return caller.wait();
}

void journal_writer::post(operation what)
{
    std::lock_guard lock(mutex_);
    if (!trouble_.reason.empty())
        throw journal_error(trouble_.reason);
    wake_if(queue_.push(std::move(what)));
}

bool journal_writer::drop(std::uint64_t dead_letter)
{
    auto caller = std::make_shared<call>();
    return ask(drop_operation{dead_letter, caller}, *caller);
}

std::size_t journal_writer::drop(const std::vector<std::uint64_t>& dead_letters)
{
    std::vector<std::shared_ptr<call>> callers;
    for (const std::uint64_t each : dead_letters)
    {
        callers.push_back(std::make_shared<call>());
        post(drop_operation{each, callers.back()});
    }
    std::size_t found = 0;
    for (const std::shared_ptr<call>& each : callers)
        found += each->wait() ? 1 : 0;
    return found;
}

void journal_writer::suspect(const blame& what)
{
    auto caller = std::make_shared<call>();
    ask(suspect_operation{what, caller}, *caller);
}

void journal_writer::clear_suspects(std::string graph)
{
    auto caller = std::make_shared<call>();
    ask(clear_operation{std::move(graph), caller}, *caller);
}

bool journal_writer::flush()
{
    auto caller = std::make_shared<call>();
    {
        std::lock_guard lock(mutex_);
        if (!trouble_.reason.empty())
            return false;
        wake_if(queue_.push(flush_operation{caller}));
    }
    caller->wait();
    return true;
}

journal_trouble journal_writer::trouble() const
{
    std::lock_guard lock(mutex_);
    return trouble_.reason.empty() ? journal_trouble{full_, true} : trouble_;
}

dead_letter_count journal_writer::count_dead_letters() const
{
    std::lock_guard lock(mutex_);
    return {dead_letters_.kept + waiting_dead_letters_, dead_letters_.expired};
}

numbering journal_writer::ids() const
{
    std::lock_guard lock(mutex_);
    return numbers_.ids();
}

void journal_writer::run()
{
    std::unique_lock lock(mutex_);
    for (;;)
    {
        wait_for_work(lock);
        gather(lock);
        const bool is_last_try = stops_ && !trouble_.reason.empty();
        if (stops_ && (queue_.is_empty() || (is_last_try && !trouble_.passes)))
            break;
        work(lock);
        if (is_last_try && !trouble_.reason.empty())
            break;
    }
    operation_group rest = queue_.take_all();
    lock.unlock();
    refuse(rest, "the journal is closed");
    close();
}

void journal_writer::close()
{
    if (!trouble_.reason.empty())
        return;
    medium_.close(numbers_.closed(medium_.state()));
}

journal_writer::clock::time_point journal_writer::next_work() const
{
    if (!trouble_.reason.empty())
        return trouble_.passes ? next_probe_ : clock::time_point::max();
    if (queue_.is_awaited() || numbers_.are_short(medium_.state()))
        return clock::time_point::min();
    const clock::time_point tidy = std::min(medium_.next_tidy(), next_look_);
    const auto lazy = queue_.lazy_since();
    return lazy ? std::min(tidy, *lazy + options_.lazy) : tidy;
}

void journal_writer::wait_for_work(std::unique_lock<std::mutex>& lock)
{
    while (!stops_)
    {
        const clock::time_point until = next_work();
        if (until <= clock::now())
            return;
        if (until == clock::time_point::max())
            changed_.wait(lock);
        else
            changed_.wait_until(lock, until);
    }
}

void journal_writer::gather(std::unique_lock<std::mutex>& lock)
{
    if (queue_.is_awaited() && trouble_.reason.empty())
        gathering_.wait(lock, changed_, queue_, {options_.group_records, options_.group_bytes},
                        stops_);
}

void journal_writer::work(std::unique_lock<std::mutex>& lock)
{
    const bool probes = !trouble_.reason.empty();
    const journal_state state = numbers_.replenished(medium_.state());
    operation_group operations =
        queue_.take({options_.group_records, options_.group_bytes},
                    stops_ ? clock::time_point::max() : clock::now() - options_.lazy);
    lock.unlock();
    try
    {
        work_on(operations, state, probes);
    }
    catch (const medium_error& problem)
    {
        fail(std::move(operations), problem.what(), problem.passes());
    }
    catch (const std::exception& problem)
    {
        fail(std::move(operations), problem.what(), true);
    }
    lock.lock();
}

void journal_writer::work_on(operation_group& operations, const journal_state& state, bool probes)
{
    if (probes)
        medium_.probe();
    const clock::time_point begin = clock::now();
    medium_.commit(operations, state);
    const clock::duration took = clock::now() - begin;
    unwritten_.remove(operations);
    const std::size_t written = count_of<dead_operation>(operations);
    {
        std::lock_guard lock(mutex_);
        waiting_dead_letters_ -= written;
        dead_letters_ = {medium_.dead_letters(),
                         medium_.state().expired}; // before those who wait look at it
        if (probes)
            trouble_ = {};
        if (const std::size_t entries = awaited_entries(operations); entries != 0)
            gathering_.committed(entries, queue_.awaited_entries(), took);
    }
    // What was committed to where nobody finds it any more is not kept.
    const std::string gone = medium_.missing();
    if (gone.empty())
        settle(operations);
    else
        refuse(operations, gone);
    operations.clear(); // what fails from here on does not concern them
    if (!gone.empty())
        throw journal_error(gone);
    medium_.tidy();
    std::string full = medium_.fullness();
    tell(full);
    std::lock_guard lock(mutex_);
    next_look_ = clock::now() + options_.look;
    full_ = std::move(full);
    dead_letters_ = {medium_.dead_letters(), medium_.state().expired};
}

void journal_writer::tell(const std::string& trouble)
{
    if (trouble.empty() == takes_in_)
        return;
    takes_in_ = trouble.empty();
    if (options_.hears)
        options_.hears(trouble);
}

void journal_writer::fail(operation_group operations, const std::string& reason, bool passes)
{
    operation_group refused;
    {
        std::lock_guard lock(mutex_);
        trouble_ = {reason, passes};
        next_probe_ = clock::now() + options_.probe;
        refused = queue_.put_back(std::move(operations));
    }
    refuse(refused, reason);
    tell(reason);
    if (!passes && options_.needs_restart)
        options_.needs_restart();
}

} // namespace penstock::host
