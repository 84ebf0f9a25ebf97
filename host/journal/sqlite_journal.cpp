// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/sqlite_journal.hpp"

#include <limits>
#include <utility>

namespace penstock::host
{

sqlite_journal::sqlite_journal(const sqlite_journal_options& options)
    : keep_(options.keep),
      disk_(options),
      writer_(disk_, options),
      reader_(disk_.path(), options.vfs, writer_.ids())
{
}

void sqlite_journal::append(std::unique_ptr<journal_entry> what,
                            std::unique_ptr<append_waiter> waiter)
{
    writer_.append(std::move(what), std::move(waiter));
}

issue sqlite_journal::number()
{
    return writer_.number();
}

std::vector<journal_entry> sqlite_journal::next(std::string_view graph, entry_number after,
                                                read_limits limits)
{
    return reader_.next(graph, after, limits);
}

void sqlite_journal::done(finished_entry entry)
{
    writer_.done(std::move(entry));
}

std::string sqlite_journal::dead(dead_letter what)
{
    return writer_.dead(std::move(what));
}

journal_trouble sqlite_journal::trouble() const
{
    return writer_.trouble();
}

std::optional<kept_receipt> sqlite_journal::receipt(packet_id id)
{
    if (auto waiting = writer_.unwritten().receipt(id))
        return waiting;
    return reader_.receipt(id);
}

std::optional<journal_entry> sqlite_journal::pending(packet_id id)
{
    return reader_.pending(id);
}

std::optional<used_key> sqlite_journal::key(std::string_view idempotency_key)
{
    return reader_.key(idempotency_key, since(keep_.keys));
}

std::vector<pending_of_graph> sqlite_journal::pending()
{
    return reader_.pending();
}

std::vector<dead_letter> sqlite_journal::dead_letters(const dead_letter_filter& which,
                                                      const dead_letter_limits& limits,
                                                      std::string_view before)
{
    const std::uint64_t number = before.empty()
                                     ? std::uint64_t{std::numeric_limits<std::int64_t>::max()}
                                     : dead_letter_number(before);
    dead_letter_page found = writer_.unwritten().dead_letters(which, limits, number);
    if (!found.is_full)
        reader_.dead_letters(which, limits, found);
    return std::move(found.letters);
}

std::optional<dead_letter> sqlite_journal::find_dead_letter(std::string_view id)
{
    const std::uint64_t number = dead_letter_number(id);
    if (auto waiting = writer_.unwritten().find_dead_letter(number))
        return waiting;
    return reader_.find_dead_letter(number);
}

std::optional<journal_entry> sqlite_journal::original(std::string_view dead_letter_id)
{
    std::optional<dead_letter> about =
        writer_.unwritten().find_dead_letter(dead_letter_number(dead_letter_id));
    if (about)
        writer_.flush(); // its entry may wait with it
    else
        about = reader_.find_dead_letter(dead_letter_number(dead_letter_id));
    return about && about->entry != 0 ? reader_.original(about->entry) : std::nullopt;
}

bool sqlite_journal::drop(std::string_view dead_letter_id)
{
    const std::uint64_t number = dead_letter_number(dead_letter_id);
    return number != 0 && writer_.drop(number);
}

std::size_t sqlite_journal::drop_all(const std::vector<std::string>& dead_letter_ids)
{
    std::vector<std::uint64_t> numbers;
    for (const std::string& each : dead_letter_ids)
        if (const std::uint64_t number = dead_letter_number(each); number != 0)
            numbers.push_back(number);
    return writer_.drop(numbers);
}

dead_letter_count sqlite_journal::count_dead_letters()
{
    return writer_.count_dead_letters();
}

std::shared_ptr<dead_letter_usage> sqlite_journal::usage_of(std::string_view graph)
{
    return writer_.dead_letter_usages().of(graph);
}

void sqlite_journal::suspect(const blame& what)
{
    writer_.suspect(what);
}

std::vector<blame> sqlite_journal::blames()
{
    return reader_.blames(since(keep_.blames));
}

void sqlite_journal::clear_suspects(std::string_view graph)
{
    writer_.clear_suspects(std::string(graph));
}

std::int64_t sqlite_journal::since(std::chrono::seconds age) const
{
    return micros_of(writer_.now() - age);
}

} // namespace penstock::host
