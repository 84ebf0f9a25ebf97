// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/memory_journal.hpp"

#include "host/journal/letters/dead_letter_page.hpp"
#include "host/journal/letters/dead_letter_row.hpp"

#include <new>
#include <utility>

namespace penstock::host
{

namespace
{

memory_journal_options completed(memory_journal_options options)
{
    if (!options.clock)
        options.clock = steady_wall_clock();
    return options;
}

} // namespace

memory_journal::memory_journal(memory_journal_options options)
    : options_(completed(std::move(options))), ids_(random_seed(), 0, 0, options_.host_number)
{
}

void memory_journal::append(std::unique_ptr<journal_entry> what,
                            std::unique_ptr<append_waiter> waiter)
{
    commit how = commit::kept;
    try
    {
        std::lock_guard lock(mutex_);
        const issue given = ids_.next(options_.clock());
        what->number = given.number;
        what->id = given.id;
        waiter->issued(given);
        if (!what->idempotency_key.empty())
            use_key(*what);
    }
    catch (const std::bad_alloc&)
    {
        how = commit::refused;
    }
    waiter->settled(how);
}

issue memory_journal::number()
{
    std::lock_guard lock(mutex_);
    return ids_.next(options_.clock());
}

std::vector<journal_entry> memory_journal::next(std::string_view, entry_number, read_limits)
{
    return {};
}

void memory_journal::use_key(const journal_entry& of)
{
    const time now = options_.clock();
    keys_in_order_.push_back({of.idempotency_key, now});
    keys_.insert_or_assign(of.idempotency_key, aged<used_key>{{of.id, of.fingerprint}, now});
    while (keys_in_order_.front().since < now - options_.keys ||
           keys_in_order_.size() > options_.most_keys)
    {
        const auto oldest = keys_.find(keys_in_order_.front().what);
        if (oldest != keys_.end() && oldest->second.since == keys_in_order_.front().since)
            keys_.erase(oldest); // and not used again since
        keys_in_order_.pop_front();
    }
}

void memory_journal::done(finished_entry entry)
{
    std::lock_guard lock(mutex_);
    const time now = options_.clock();
    receipts_.insert_or_assign(entry.number, std::move(entry.receipt));
    receipts_in_order_.push_back({entry.number, now});
    while (receipts_in_order_.front().since < now - options_.receipts ||
           receipts_in_order_.size() > options_.most_receipts)
    {
        receipts_.erase(receipts_in_order_.front().what);
        receipts_in_order_.pop_front();
    }
}

std::string memory_journal::dead(dead_letter what)
{
    const auto usage = usages_.of(what.graph);
    const std::size_t bytes = dead_letter_row(0, what).bytes(); // as many as in a file
    std::string id;
    {
        std::lock_guard lock(mutex_);
        id = std::to_string(++last_dead_letter_);
        what.id = id;
        usage->change(static_cast<std::int64_t>(bytes)); // before it can be dropped
        dead_letters_.emplace(last_dead_letter_, sized_dead_letter{std::move(what), bytes});
    }
    return id;
}

std::optional<kept_receipt> memory_journal::receipt(packet_id id)
{
    std::lock_guard lock(mutex_);
    const auto found = receipts_.find(ids_.number(id));
    if (found == receipts_.end() || found->second.id != id)
        return std::nullopt;
    return found->second;
}

std::optional<journal_entry> memory_journal::pending(packet_id)
{
    return std::nullopt;
}

std::vector<pending_of_graph> memory_journal::pending()
{
    return {};
}

std::optional<used_key> memory_journal::key(std::string_view idempotency_key)
{
    std::lock_guard lock(mutex_);
    const auto found = keys_.find(std::string(idempotency_key));
    if (found == keys_.end() || found->second.since < options_.clock() - options_.keys)
        return std::nullopt;
    return found->second.what;
}

std::vector<dead_letter> memory_journal::dead_letters(const dead_letter_filter& which,
                                                      const dead_letter_limits& limits,
                                                      std::string_view before)
{
    std::lock_guard lock(mutex_);
    dead_letter_page found;
    auto each = before.empty() ? dead_letters_.end()
                               : dead_letters_.lower_bound(dead_letter_number(before));
    while (!found.is_full && each != dead_letters_.begin())
    {
        const sized_dead_letter& one = (--each)->second;
        if (!which.matches(one.letter))
            continue;
        if (one.bytes <= limits.packet)
            found.add(one.letter, one.bytes, limits);
        else
            found.add(head_of(one.letter, one.bytes), one.letter.reason.size(), limits);
    }
    return std::move(found.letters);
}

std::optional<dead_letter> memory_journal::find_dead_letter(std::string_view id)
{
    std::lock_guard lock(mutex_);
    const auto found = dead_letters_.find(dead_letter_number(id));
    if (found == dead_letters_.end())
        return std::nullopt;
    return found->second.letter;
}

std::optional<journal_entry> memory_journal::original(std::string_view)
{
    return std::nullopt;
}

bool memory_journal::drop(std::string_view dead_letter_id)
{
    std::optional<sized_dead_letter> dropped;
    {
        std::lock_guard lock(mutex_);
        if (auto found = dead_letters_.extract(dead_letter_number(dead_letter_id)))
            dropped = std::move(found.mapped());
    }
    if (dropped)
        usages_.of(dropped->letter.graph)->change(-static_cast<std::int64_t>(dropped->bytes));
    return dropped.has_value();
}

dead_letter_count memory_journal::count_dead_letters()
{
    std::lock_guard lock(mutex_);
    return {dead_letters_.size(), 0};
}

std::shared_ptr<dead_letter_usage> memory_journal::usage_of(std::string_view graph)
{
    return usages_.of(graph);
}

void memory_journal::suspect(const blame& what)
{
    std::lock_guard lock(mutex_);
    blames_.push_back({what, options_.clock()});
    while (blames_.front().since < options_.clock() - options_.blames)
        blames_.pop_front();
}

std::vector<blame> memory_journal::blames()
{
    std::lock_guard lock(mutex_);
    const time oldest = options_.clock() - options_.blames;
    std::vector<blame> found;
    for (const aged<blame>& each : blames_)
        if (each.since >= oldest)
            found.push_back(each.what);
    return found;
}

void memory_journal::clear_suspects(std::string_view graph)
{
    std::lock_guard lock(mutex_);
    std::erase_if(blames_, [&](const aged<blame>& each) { return each.what.graph == graph; });
}

} // namespace penstock::host
