// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/sqlite/journal_disk.hpp"

#include "host/journal/fullness.hpp"
#include "host/journal/log/log_promise.hpp"
#include "host/journal/sqlite/rows.hpp"

#include <algorithm>

#include <sqlite3.h>

namespace penstock::host
{

namespace
{

constexpr std::uint64_t frame_header = 24; // of a page in the log

// Requests that come together end together, but for a few. Until then the row is not worth to be
// written anew.
constexpr std::int64_t micros_until_repacked = 10'000'000;

// Where all of a journal is lost nothing is made in its place: SQLite would remove a log that is
// left, and the next start would find a journal that lacks nothing.
// A log that is damaged where the database has it already is set aside: nothing of it is missing.
sqlite_file opened(const sqlite_journal_options& options, const std::string& vfs,
                   const std::string& loss)
{
    if (!loss.empty() && is_gone(options.directory / journal_file_name))
        throw journal_error(loss);
    if (const auto path = options.directory / journal_file_name; loss.empty() && is_log_stale(path))
        std::filesystem::rename(path.string() + "-wal", path.string() + "-wal.damaged");
    sqlite_file file(make_journal_file(options.directory), sqlite_file::use::writing, vfs);
    prepare_for_writing(file, loss);
    return file;
}

entry_number last_entry_of(const operation_group& operations)
{
    entry_number last = 0;
    for (const operation& each : operations)
        if (const auto* append = std::get_if<append_operation>(&each))
            last = std::max(last, append->what->number);
    return last;
}

} // namespace

journal_disk::journal_disk(const sqlite_journal_options& options)
    : options_(options),
      path_(options.directory / journal_file_name),
      promise_(path_),
      writes_(options.vfs),
      file_(opened(options, writes_.name(), promise_.loss())),
      store_(file_, options.compresses),
      retention_(store_, options.keep),
      state_(read_state(file_)),
      page_size_(static_cast<std::uint64_t>(file_.number("PRAGMA page_size"))),
      held_(path_),
      next_tidy_(std::chrono::steady_clock::now() + options.tidy)
{
    if (!options_.clock)
        options_.clock = steady_wall_clock();
    // The log counts against the quota, so it must not be most of it.
    options_.log_bytes = std::min(options.log_bytes, options.quota / 8);
    sqlite3_wal_hook(
        file_.handle(),
        [](void* self, sqlite3*, const char*, int pages)
        {
            auto& disk = *static_cast<journal_disk*>(self);
            disk.log_frames_ = static_cast<std::uint64_t>(pages);
            disk.log_bytes_ = static_cast<std::uint64_t>(pages) * (disk.page_size_ + frame_header);
            return SQLITE_OK;
        },
        this);
    if (promise_.loss().empty())
        checkpoint(); // of what a crash has left
}

// A transaction that comes upon a broken row fails, and goes around it when it is done again.
template <class Change>
void journal_disk::transact(Change change)
{
    for (;;)
    {
        const std::size_t broken = store_.count_broken();
        store_.begin();
        try
        {
            change();
            return store_.commit();
        }
        catch (const sqlite_error& problem)
        {
            store_.roll_back();
            if (!problem.is_corruption() || store_.count_broken() == broken)
                throw;
        }
        catch (...)
        {
            store_.roll_back();
            throw;
        }
    }
}

void journal_disk::commit(operation_group& operations, const journal_state& state)
{
    const bool is_new = state != state_;
    if (operations.empty() && !is_new)
        return;
    require_files();
    transact(
        [&]
        {
            store_.apply(operations, micros_of(options_.clock()));
            if (is_new)
                store_.write_state(state);
        });
    state_ = state;
    promise_.keep(log_frames_, last_entry_of(operations));
}

void journal_disk::require_files()
{
    for (const std::string& wrong : {missing(), promise_.loss()})
        if (!wrong.empty())
            throw journal_error(wrong);
}

void journal_disk::probe()
{
    require_files();
    checkpoint(); // may make room in the log
    transact([&] { store_.write_state(state_); });
}

void journal_disk::tidy()
{
    if (std::chrono::steady_clock::now() >= next_tidy_)
        forget_old();
    if (log_bytes_ > options_.log_bytes)
        checkpoint();
}

// What there is no room for may wait: the next commit says whether there is for that.
template <class Change>
bool journal_disk::try_to_transact(Change change)
{
    try
    {
        transact(change);
        return true;
    }
    catch (const sqlite_error& problem)
    {
        if (!problem.passes())
            throw;
        return false;
    }
}

void journal_disk::forget_old()
{
    next_tidy_ = std::chrono::steady_clock::now() + options_.tidy;
    const std::int64_t now = micros_of(options_.clock());
    bool has_more = false;
    journal_state state = state_;
    const bool is_forgotten = try_to_transact(
        [&]
        {
            const std::uint64_t dead_letters = retention_.forget(now);
            state.expired = state_.expired + dead_letters;
            if (dead_letters > 0)
                store_.write_state(state);
        });
    if (is_forgotten)
    {
        state_ = state;
        has_more = retention_.has_more();
    }
    bool has_more_to_repack = false;
    if (try_to_transact([&] { has_more_to_repack = store_.repack(now - micros_until_repacked); }))
        has_more |= has_more_to_repack;
    if (has_more)
        next_tidy_ = std::chrono::steady_clock::now();
}

// Returns whether the file has all that is in the log.
bool journal_disk::checkpoint()
{
    int pages = 0;
    int moved = 0;
    const int code = sqlite3_wal_checkpoint_v2(file_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                               &pages, &moved);
    if (code == SQLITE_OK)
    {
        if (pages != moved)
            return false; // somebody reads
        log_bytes_ = 0;
        promise_.worked_in(static_cast<std::uint64_t>(pages));
        return true;
    }
    const sqlite_error problem(path_.string() + ": " + sqlite3_errmsg(file_.handle()), code);
    if (!problem.passes())
        throw problem;
    // The log has it all, and grows until there is room for it elsewhere; the quota bounds it.
    return false;
}

std::string journal_disk::fullness()
{
    return fullness_of(path_.string(), store_.used_bytes() + log_bytes_, options_.quota);
}

void journal_disk::close(const journal_state& state) noexcept
{
    try
    {
        require_files();
        transact([&] { store_.write_state(state); });
        if (checkpoint()) // else the next start would miss what was promised to be in the log
            sqlite3_wal_checkpoint_v2(file_.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr,
                                      nullptr);
    }
    catch (const std::exception&)
    {
        // The state in the file is older, but right.
    }
}

} // namespace penstock::host
