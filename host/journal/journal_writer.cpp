// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/journal_writer.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <sqlite3.h>

namespace penstock::host
{

namespace
{

// So many numbers are reserved at a time: committing each would cost the entries that need no
// commit one. The rest is lost in a crash, and given back when the journal is closed.
constexpr std::uint64_t numbers_at_a_time = std::uint64_t{1} << 20;
constexpr std::uint64_t letters_at_a_time = std::uint64_t{1} << 16;
constexpr std::size_t most_operations = 16'384; // of one group
constexpr std::uint64_t full_percent = 90;

sqlite_journal_options completed(sqlite_journal_options options)
{
    if (!options.clock)
        options.clock =
            [wall = std::chrono::system_clock::now(), steady = std::chrono::steady_clock::now()]
        {
            return wall + std::chrono::duration_cast<std::chrono::system_clock::duration>(
                              std::chrono::steady_clock::now() - steady);
        };
    // The log counts against the quota, so it must not be most of it.
    options.log_bytes = std::min(options.log_bytes, options.quota / 8);
    return options;
}

sqlite_file opened(const std::filesystem::path& path, const std::string& vfs)
{
    sqlite_file file(path, sqlite_file::use::writing, vfs);
    prepare_for_writing(file);
    return file;
}

bool is_awaited(const operation& what)
{
    return !std::holds_alternative<done_operation>(what) &&
           !std::holds_alternative<dead_operation>(what);
}

std::size_t bytes_of(const operation& what)
{
    const auto* append = std::get_if<append_operation>(&what);
    return append == nullptr ? 0 : append->what.head.size() + append->what.body.size();
}

call* caller_of(operation& what)
{
    if (auto* drop = std::get_if<drop_operation>(&what))
        return drop->caller.get();
    if (auto* accuse = std::get_if<accuse_operation>(&what))
        return accuse->caller.get();
    if (auto* acquit = std::get_if<acquit_operation>(&what))
        return acquit->caller.get();
    return nullptr;
}

/// Tells whoever waits that it will not be.
void refuse(operation& what, const std::string& reason)
{
    if (auto* append = std::get_if<append_operation>(&what))
        append->waiter->settled(commit::refused);
    else if (call* caller = caller_of(what))
        caller->fail(reason);
}

std::string mebibytes(std::uint64_t bytes)
{
    return std::to_string(bytes >> 20) + " MiB";
}

} // namespace

journal_writer::journal_writer(const sqlite_journal_options& options)
    : options_(completed(options)),
      path_(make_journal_file(options_.directory)),
      file_(opened(path_, options_.vfs)),
      store_(file_),
      retention_(store_, options_.keep),
      page_size_(static_cast<std::uint64_t>(file_.number("PRAGMA page_size"))),
      next_tidy_(clock::now() + options_.tidy),
      state_(read_state(file_))
{
    ids_ = numbering(state_.seed, state_.last_micros);
    last_number_ = state_.numbers;
    last_letter_ = state_.letters;
    letters_ = {store_.counts().letters, state_.expired};
    sqlite3_wal_hook(
        file_.handle(),
        [](void* self, sqlite3*, const char*, int pages)
        {
            auto& writer = *static_cast<journal_writer*>(self);
            writer.log_bytes_ = static_cast<std::uint64_t>(pages) * (writer.page_size_ + 24);
            return SQLITE_OK;
        },
        this);
    journal_state reserved = state_;
    reserved.numbers += numbers_at_a_time;
    reserved.letters += letters_at_a_time;
    store_.begin();
    store_.write_state(reserved);
    store_.commit();
    state_ = reserved;
    checkpoint(); // of what a crash has left
    measure();
    thread_ = std::thread([this] { run(); });
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

issue journal_writer::take_number()
{
    const entry_number number = ++last_number_;
    return {number, ids_.make(number, options_.clock())};
}

void journal_writer::append(record what, std::unique_ptr<append_waiter> waiter)
{
    {
        std::lock_guard lock(mutex_);
        const issue given = take_number();
        what.number = given.number;
        what.id = given.id;
        waiter->issued(given);
        if (trouble_.reason.empty() && full_.empty() && !stops_)
        {
            queue_.push_back(append_operation{std::move(what), std::move(waiter)});
            if (++awaited_ == 1)
                changed_.notify_one();
            return;
        }
    }
    waiter->settled(commit::refused);
}

issue journal_writer::number()
{
    std::lock_guard lock(mutex_);
    return take_number();
}

void journal_writer::queue_lazily(operation what)
{
    std::lock_guard lock(mutex_);
    queue_.push_back(std::move(what));
    if (lazy_since_ == clock::time_point{})
    {
        lazy_since_ = clock::now();
        changed_.notify_one(); // it sleeps until then
    }
}

void journal_writer::done(finished_entry entry)
{
    queue_lazily(done_operation{std::move(entry)});
}

std::string journal_writer::dead(letter what)
{
    letter_row row(0, std::move(what));
    std::lock_guard lock(mutex_);
    row.number = ++last_letter_;
    std::string id = std::to_string(row.number);
    queue_.push_back(dead_operation{std::move(row)});
    if (lazy_since_ == clock::time_point{})
    {
        lazy_since_ = clock::now();
        changed_.notify_one();
    }
    return id;
}

std::shared_ptr<call> journal_writer::ask(operation what, std::shared_ptr<call> caller)
{
    std::lock_guard lock(mutex_);
    if (!trouble_.reason.empty() || stops_)
        throw journal_error(trouble_.reason);
    queue_.push_back(std::move(what));
    if (++awaited_ == 1)
        changed_.notify_one();
    return caller;
}

bool journal_writer::drop(std::uint64_t letter)
{
    auto caller = std::make_shared<call>();
    return ask(drop_operation{letter, caller}, caller)->wait();
}

void journal_writer::accuse(const blame& what)
{
    auto caller = std::make_shared<call>();
    ask(accuse_operation{what, caller}, caller)->wait();
}

void journal_writer::acquit(std::string graph)
{
    auto caller = std::make_shared<call>();
    ask(acquit_operation{std::move(graph), caller}, caller)->wait();
}

journal_trouble journal_writer::trouble() const
{
    std::lock_guard lock(mutex_);
    if (trouble_.reason.empty() && !full_.empty())
        return {full_, true};
    return trouble_;
}

letter_count journal_writer::count_letters() const
{
    std::lock_guard lock(mutex_);
    return letters_;
}

numbering journal_writer::ids() const
{
    std::lock_guard lock(mutex_);
    return ids_;
}

void journal_writer::run()
{
    std::unique_lock lock(mutex_);
    for (;;)
    {
        wait_for_work(lock);
        const bool tries_last = stops_ && !trouble_.reason.empty();
        if (stops_ && (queue_.empty() || (tries_last && !trouble_.passes)))
            break;
        work(lock);
        if (tries_last && !trouble_.reason.empty())
            break;
    }
    group rest(std::make_move_iterator(queue_.begin()), std::make_move_iterator(queue_.end()));
    queue_.clear();
    const std::string reason = trouble_.reason.empty() ? "the journal is closed" : trouble_.reason;
    lock.unlock();
    for (operation& each : rest)
        refuse(each, reason);
    close();
}

journal_writer::clock::time_point journal_writer::next_work() const
{
    if (!trouble_.reason.empty())
        return trouble_.passes ? next_probe_ : clock::time_point::max();
    if (awaited_ > 0)
        return clock::time_point::min();
    if (last_number_ + numbers_at_a_time / 2 > state_.numbers ||
        last_letter_ + letters_at_a_time / 2 > state_.letters)
        return clock::time_point::min();
    if (lazy_since_ != clock::time_point{})
        return std::min(next_tidy_, lazy_since_ + options_.lazy);
    return next_tidy_;
}

bool journal_writer::has_work() const
{
    return stops_ || next_work() <= clock::now();
}

void journal_writer::wait_for_work(std::unique_lock<std::mutex>& lock)
{
    while (!has_work())
    {
        const clock::time_point until = next_work();
        if (until == clock::time_point::max())
            changed_.wait(lock);
        else
            changed_.wait_until(lock, until);
    }
}

journal_writer::group journal_writer::take_group()
{
    group taken;
    std::size_t records = 0;
    std::size_t bytes = 0;
    while (!queue_.empty() && taken.size() < most_operations && records < options_.group_records &&
           (bytes < options_.group_bytes))
    {
        operation& next = queue_.front();
        bytes += bytes_of(next);
        records += std::holds_alternative<append_operation>(next) ? 1 : 0;
        awaited_ -= is_awaited(next) ? 1 : 0;
        taken.push_back(std::move(next));
        queue_.pop_front();
    }
    if (queue_.empty())
        lazy_since_ = {};
    return taken;
}

void journal_writer::work(std::unique_lock<std::mutex>& lock)
{
    const bool probes = !trouble_.reason.empty();
    group operations = take_group();
    journal_state state = state_;
    if (last_number_ + numbers_at_a_time / 2 > state.numbers)
        state.numbers = last_number_ + numbers_at_a_time;
    if (last_letter_ + letters_at_a_time / 2 > state.letters)
        state.letters = last_letter_ + letters_at_a_time;
    state.last_micros = ids_.last_micros();
    const bool writes_state =
        probes || state.numbers != state_.numbers || state.letters != state_.letters;
    lock.unlock();
    try
    {
        if (probes)
            checkpoint(); // may make room in the log
        write(operations, state, writes_state);
        if (writes_state)
        {
            lock.lock();
            state_ = state;
            trouble_ = {};
            lock.unlock();
        }
        settle(operations);
        operations.clear();
        if (clock::now() >= next_tidy_ || retention_.is_urgent())
            tidy();
        if (log_bytes_ > options_.log_bytes)
            checkpoint();
        measure();
        lock.lock();
    }
    catch (const sqlite_error& problem)
    {
        store_.roll_back();
        fail(lock, operations, problem.what(), problem.passes());
    }
    catch (const std::exception& problem)
    {
        store_.roll_back();
        fail(lock, operations, problem.what(), true);
    }
}

void journal_writer::write(group& operations, const journal_state& state, bool writes_state)
{
    if (operations.empty() && !writes_state)
        return;
    store_.begin();
    store_.apply(operations, now());
    if (writes_state)
        store_.write_state(state);
    store_.commit();
}

void journal_writer::tidy()
{
    journal_state state = state_;
    store_.begin();
    const std::uint64_t forgotten = retention_.forget(now());
    if (forgotten > 0)
    {
        state.expired += forgotten;
        store_.write_state(state);
    }
    store_.commit();
    state_.expired = state.expired;
    next_tidy_ = clock::now();
    if (!retention_.has_more())
        next_tidy_ += options_.tidy;
}

void journal_writer::settle(group& operations)
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

void journal_writer::fail(std::unique_lock<std::mutex>& lock, group& operations,
                          const std::string& reason, bool passes)
{
    lock.lock();
    trouble_ = {reason, passes};
    next_probe_ = clock::now() + options_.probe;
    // Those behind the failed ones would find the same; what was done or died waits, in order.
    group refused;
    std::deque<operation> kept;
    const auto sort = [&](operation& each)
    {
        if (is_awaited(each))
            refused.push_back(std::move(each));
        else
            kept.push_back(std::move(each));
    };
    std::ranges::for_each(operations, sort);
    std::ranges::for_each(queue_, sort);
    queue_ = std::move(kept);
    awaited_ = 0;
    lock.unlock();
    for (operation& each : refused)
        refuse(each, reason);
    lock.lock();
}

void journal_writer::checkpoint()
{
    int pages = 0;
    int moved = 0;
    const int code = sqlite3_wal_checkpoint_v2(file_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                               &pages, &moved);
    if (code == SQLITE_OK)
    {
        if (pages == moved)
            log_bytes_ = 0;
        return;
    }
    const sqlite_error problem(path_.string() + ": " + sqlite3_errmsg(file_.handle()), code);
    if (!problem.passes())
        throw problem;
    // The log has it all, and grows until there is room for it elsewhere; the quota bounds it.
}

void journal_writer::measure()
{
    const std::uint64_t used = store_.used_bytes() + log_bytes_;
    const std::uint64_t most = options_.quota / 100 * full_percent;
    std::string reason;
    if (used >= most)
        reason = path_.string() + ": " + mebibytes(used) + " of " + mebibytes(options_.quota) +
                 " used; less than " + mebibytes(most) + " was expected";
    std::lock_guard lock(mutex_);
    full_ = std::move(reason);
    letters_ = {store_.counts().letters, state_.expired};
}

void journal_writer::close() noexcept
{
    try
    {
        if (!trouble_.reason.empty())
            return;
        state_.numbers = last_number_;
        state_.letters = last_letter_;
        state_.last_micros = ids_.last_micros();
        store_.begin();
        store_.write_state(state_);
        store_.commit();
        sqlite3_wal_checkpoint_v2(file_.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                                  nullptr);
    }
    catch (const std::exception&)
    {
        store_.roll_back(); // the state in the file is older, but right
    }
}

} // namespace penstock::host
