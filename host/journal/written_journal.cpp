// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/written_journal.hpp"

#include "host/journal/micros.hpp"

#include <limits>
#include <utility>

namespace penstock::host
{

written_journal::written_journal(journal_storage storage, const writer_options& options,
                                 const retention_limits& keep)
    : keep_(keep),
      medium_(std::move(storage.medium)),
      writer_(*medium_, options),
      view_(std::move(storage.view))
{
}

void written_journal::append(std::unique_ptr<journal_entry> what,
                             std::unique_ptr<append_waiter> waiter)
{
    writer_.append(std::move(what), std::move(waiter));
}

issue written_journal::number()
{
    return writer_.number();
}

std::vector<journal_entry> written_journal::next(std::string_view graph, entry_number after,
                                                 read_limits limits)
{
    return view_->next(graph, after, limits);
}

void written_journal::done(finished_entry entry)
{
    writer_.done(std::move(entry));
}

std::string written_journal::dead(dead_letter what)
{
    return writer_.dead(std::move(what));
}

journal_trouble written_journal::trouble() const
{
    return writer_.trouble();
}

std::optional<kept_receipt> written_journal::receipt(packet_id id)
{
    if (auto waiting = writer_.unwritten().receipt(id))
        return waiting;
    return view_->receipt(id);
}

std::optional<journal_entry> written_journal::pending(packet_id id)
{
    return view_->pending(id);
}

std::optional<used_key> written_journal::key(std::string_view idempotency_key)
{
    return view_->key(idempotency_key, since(keep_.keys));
}

std::vector<pending_of_graph> written_journal::pending()
{
    return view_->pending();
}

std::vector<dead_letter> written_journal::dead_letters(const dead_letter_filter& which,
                                                       const dead_letter_limits& limits,
                                                       std::string_view before)
{
    const std::uint64_t number = before.empty()
                                     ? std::uint64_t{std::numeric_limits<std::int64_t>::max()}
                                     : dead_letter_number(before);
    dead_letter_page found = writer_.unwritten().dead_letters(which, limits, number);
    if (!found.is_full)
        view_->dead_letters(which, limits, found);
    return std::move(found.letters);
}

std::optional<dead_letter> written_journal::find_dead_letter(std::string_view id)
{
    const std::uint64_t number = dead_letter_number(id);
    if (auto waiting = writer_.unwritten().find_dead_letter(number))
        return waiting;
    return view_->find_dead_letter(number);
}

std::optional<journal_entry> written_journal::original(std::string_view dead_letter_id)
{
    std::optional<dead_letter> about =
        writer_.unwritten().find_dead_letter(dead_letter_number(dead_letter_id));
    if (about)
        writer_.flush(); // its entry may wait with it
    else
        about = view_->find_dead_letter(dead_letter_number(dead_letter_id));
    return about && about->entry != 0 ? view_->original(about->entry) : std::nullopt;
}

bool written_journal::drop(std::string_view dead_letter_id)
{
    const std::uint64_t number = dead_letter_number(dead_letter_id);
    return number != 0 && writer_.drop(number);
}

std::size_t written_journal::drop_all(const std::vector<std::string>& dead_letter_ids)
{
    std::vector<std::uint64_t> numbers;
    for (const std::string& each : dead_letter_ids)
        if (const std::uint64_t number = dead_letter_number(each); number != 0)
            numbers.push_back(number);
    return writer_.drop(numbers);
}

dead_letter_count written_journal::count_dead_letters()
{
    return writer_.count_dead_letters();
}

std::shared_ptr<dead_letter_usage> written_journal::usage_of(std::string_view graph)
{
    return writer_.dead_letter_usages().of(graph);
}

void written_journal::suspect(const blame& what)
{
    writer_.suspect(what);
}

std::vector<blame> written_journal::blames()
{
    return view_->blames(since(keep_.blames));
}

void written_journal::clear_suspects(std::string_view graph)
{
    writer_.clear_suspects(std::string(graph));
}

std::int64_t written_journal::since(std::chrono::seconds age) const
{
    return micros_of(writer_.now() - age);
}

} // namespace penstock::host
