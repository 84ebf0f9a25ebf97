// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/intake/spilled_entries.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr read_limits one_entry{1, 1};

} // namespace

spilled_entries::spilled_entries(std::string graph, const graph_services& services,
                                 dead_letters& dead_letters, versions& runs_on, pending_room& room,
                                 suspects& suspects, complete_function complete)
    : graph_(std::move(graph)),
      services_(services),
      dead_letters_(dead_letters),
      versions_(runs_on),
      room_(room),
      suspects_(suspects),
      complete_(std::move(complete)),
      turns_(services.journal, *this),
      spill_(services.journal, graph_, *this)
{
}

// The journal's entries are read back from the first that is left to it on. So none is left to it
// that came before one which did not wait: that one would be worked on twice.
bool spilled_entries::leave_to_journal(const entry& pending)
{
    const bool is_full = room_.memory_is_full() || versions_.now().is_paused;
    const entry_number number = pending.receipt->number();
    std::lock_guard lock(order_);
    return number > last_beside_ && spill_.absorb(number, is_full);
}

bool spilled_entries::wait_for_turn(std::unique_ptr<entry>& pending)
{
    if (!turns_.concern(*pending))
        return false;
    turns_.enter(std::move(pending));
    return true;
}

void spilled_entries::discard()
{
    const auto [back, last] = spill_.left(); // which waits for those on their way to the turns
    for (std::unique_ptr<entry>& each : turns_.take_arrived())
        complete_(std::move(each), discarded());
    for (const left_entry& each : turns_.left())
    {
        if (const std::optional<journal_entry> found = read(each.number))
            discard_unseen(*found);
        else
            forget(each);
        turns_.drop(each.number);
    }
    for (entry_number after = back; after < last;)
    {
        const std::vector<journal_entry> found = services_.journal.next(graph_, after, {});
        for (const journal_entry& each : found)
            if (each.number <= last)
                discard_unseen(each);
        after = found.empty() ? last : found.back().number;
        spill_.drop(std::min(after, last));
    }
    suspects_.all_let_in();
}

// The suspects among the entries that an earlier run left are in neither of the two any more.
void spilled_entries::all_back()
{
    if (turns_.is_empty())
        suspects_.all_let_in();
}

void spilled_entries::all_gone_on()
{
    if (spill_.is_empty())
        suspects_.all_let_in();
}

bool spilled_entries::is_working() const
{
    return versions_.now().is_running && !dead_letters_.room().is_full();
}

std::optional<read_limits> spilled_entries::room() const
{
    read_limits room;
    room.entries = std::min(room.entries, suspects_.room(suspects::clock::now()));
    const std::optional<std::size_t> bytes = room_.to_read_back();
    if (room.entries == 0 || !bytes || !is_working())
        return std::nullopt;
    room.bytes = std::min(room.bytes, *bytes); // others read too
    return room;
}

bool spilled_entries::take_back(journal_entry what)
{
    const std::shared_ptr<const plan> plan = versions_.current_plan();
    if (plan == nullptr)
        return false;
    suspects_.let_in(what.number);
    std::unique_ptr<entry> pending = revive(what, *plan);
    if (pending == nullptr || wait_for_turn(pending) || versions_.dispatch(pending))
        return true;
    let_go(*pending);
    return false;
}

// The same of one whose turn has come: others may wait for it, so it goes before those that wait for
// half of memory. What the journal knows and does not have is read from a server that another one has
// replaced: it is there the next time.
bool spilled_entries::take_back(left_entry left, bool is_known)
{
    const std::shared_ptr<const plan> plan = versions_.current_plan();
    if (plan == nullptr || !is_working() || room_.memory_is_full() ||
        suspects_.room(suspects::clock::now()) == 0)
        return false;
    const std::optional<journal_entry> found = read(left.number);
    if (!found)
    {
        if (!is_known)
            forget(left);
        return !is_known;
    }
    suspects_.let_in(left.number);
    std::unique_ptr<entry> pending = revive(*found, *plan);
    if (pending == nullptr || versions_.dispatch(pending))
        return true;
    let_go(*pending);
    return false;
}

std::optional<journal_entry> spilled_entries::read(entry_number number)
{
    std::vector<journal_entry> found = services_.journal.next(graph_, number - 1, one_entry);
    if (!found.empty() && found.front().number == number)
        return std::move(found.front());
    return std::nullopt;
}

// The journal has lost it, as a database that failed over to a server without it.
void spilled_entries::forget(left_entry lost)
{
    room_.is_back(lost.bytes);
    room_.release(lost.bytes);
}

// Null: it is complete.
std::unique_ptr<entry> spilled_entries::revive(const journal_entry& what, const plan& by)
{
    const auto outcome = std::ranges::find(by.quarantine, what.id, &quarantined_packet::packet);
    if (outcome != by.quarantine.end())
    {
        complete_unseen(what, dead_letters_.keep_quarantined(what, *outcome));
        return nullptr;
    }
    std::unique_ptr<entry> pending;
    try
    {
        pending = to_entry(what);
    }
    catch (const std::exception& error)
    {
        complete_unseen(what, dead_letters_.keep_damaged(what, error.what()));
        return nullptr;
    }
    identify(*pending, services_.receipts.open({what.number, what.id}, graph_, what.accepted));
    pending->receipt->set_durable();
    room_.is_back(pending->bytes);
    return pending;
}

void spilled_entries::leave(const entry& pending)
{
    let_go(pending);
    spill_.wake(); // there is room for others
}

void spilled_entries::let_go(const entry& pending)
{
    suspects_.ended(pending.receipt->number());
    room_.left_memory(pending.bytes);
    if (!pending.receipt->is_awaited())
        services_.receipts.forget(pending.id);
}

void spilled_entries::discard_unseen(const journal_entry& what)
{
    suspects_.let_in(what.number);
    complete_unseen(what, discarded());
}

// What no component gets to see has ended.
void spilled_entries::complete_unseen(const journal_entry& what, receipt_result result)
{
    auto done = std::make_unique<entry>();
    done->keep = true;
    done->bytes = what.size;
    done->receipt = services_.receipts.open({what.number, what.id}, graph_, what.accepted);
    room_.is_back(done->bytes);
    complete_(std::move(done), std::move(result));
}

void spilled_entries::spill_failed(std::string_view reason) noexcept
{
    if (services_.log)
        services_.log(severity::error, graph_, {},
                      std::string("cannot be read back from the journal: ").append(reason));
}

void spilled_entries::turns_stand_still(std::size_t keys) noexcept
{
    if (services_.log)
        services_.log(severity::warning, graph_, {},
                      "requests of " + std::to_string(keys) +
                          " keys have waited 10 s for earlier ones that other hosts have");
}

} // namespace penstock::host
