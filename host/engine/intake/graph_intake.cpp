// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/intake/graph_intake.hpp"

#include "host/lane/completion_queue.hpp"

#include <penstock/detail/recycled.hpp>

#include <cstddef>
#include <functional>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host
{

graph_intake::graph_intake(std::string graph, quota_limits limits, const graph_services& services,
                           dead_letters& dead_letters, versions& runs_on,
                           const pending_of_graph& left, supervise::suspicion of)
    : graph_(std::move(graph)),
      services_(services),
      dead_letters_(dead_letters),
      leaves_to_journal_(services.journal.durability() != "memory"),
      versions_(runs_on),
      room_(limits),
      totals_(left.entries),
      suspects_(services.run.record_of(graph_), std::move(of)),
      spilled_(graph_, services, dead_letters, runs_on, room_, suspects_,
               [this](std::unique_ptr<entry> done, receipt_result result)
               { complete(std::move(done), std::move(result)); })
{
    room_.add_left(left.entries, left.bytes);
    spilled_.begin(left);
    if (left.entries == 0)
        suspects_.all_let_in();
}

/// The wait of an entry for its commit.
class graph_intake::append_of_waiting final : public append_waiter, public detail::recycled
{
public:
    append_of_waiting(graph_intake& graph, std::shared_ptr<const receipt>* told)
        : graph_(graph), told_(told)
    {
    }

    /// Before it is appended.
    void take(std::unique_ptr<entry> pending) noexcept { pending_ = std::move(pending); }

    void issued(issue what) noexcept override
    {
        graph_.ticket(*pending_, what);
        if (told_ != nullptr)
            *told_ = pending_->receipt;
    }

    void settled(commit how) noexcept override { graph_.appended(std::move(pending_), how); }

    /// What was promised elsewhere is not refused when a commit fails, but tried again.
    [[nodiscard]] bool is_urgent() const noexcept override { return !pending_->earlier; }

private:
    graph_intake& graph_;
    std::unique_ptr<entry> pending_;
    std::shared_ptr<const receipt>* told_;
};

struct graph_intake::prepared_append
{
    std::unique_ptr<journal_entry> what;
    std::unique_ptr<append_of_waiting> waiter;
};

/// The number of an entry that does not wait for its commit.
class graph_intake::append_of_running final : public append_waiter, public detail::recycled
{
public:
    append_of_running(graph_intake& graph, entry& pending) : graph_(graph), pending_(pending) {}

    void issued(issue what) noexcept override { graph_.ticket(pending_, what); }
    void settled(commit) noexcept override {} // by then the entry may be gone
    [[nodiscard]] bool is_urgent() const noexcept override { return false; }

private:
    graph_intake& graph_;
    entry& pending_;
};

admission graph_intake::admit(std::unique_ptr<entry>& pending, std::shared_ptr<const receipt>* told,
                              deployment* to)
{
    if (!room_.can_hold(pending->bytes))
        return admission::too_large;
    const admission outcome =
        pending->keep ? admit_kept(pending, told) : admit_unkept(pending, told, to);
    if (outcome == admission::accepted)
        totals_.accepted();
    return outcome;
}

admission graph_intake::admit_all(std::vector<std::unique_ptr<entry>>& pending)
{
    std::size_t bytes = 0;
    for (const std::unique_ptr<entry>& each : pending)
        bytes += each->bytes;
    if (!room_.can_hold(bytes))
        return admission::too_large;
    reservation room(room_, &appending_, pending);
    if (const admission outcome = take(room); outcome != admission::accepted)
        return outcome;
    std::vector<prepared_append> all;
    all.reserve(pending.size());
    for (const std::unique_ptr<entry>& each : pending)
        all.push_back(prepare(*each, nullptr));
    room.keep();
    for (std::size_t i = 0; i < all.size(); ++i)
    {
        append(std::move(pending[i]), std::move(all[i]));
        totals_.accepted();
    }
    return admission::accepted;
}

bool graph_intake::offer(deployment& from, const source_packet& what)
{
    std::unique_ptr<entry> pending = to_entry(what, from.plan().partition_by);
    for (const bool is_last : {false, true})
    {
        const admission outcome = admit(pending, nullptr, what.number ? &from : nullptr);
        if (outcome == admission::accepted)
            return true;
        if (outcome == admission::too_large)
        {
            what.content = std::move(pending->packets.front().content);
            throw std::length_error(
                "made a packet of " + std::to_string(pending->bytes) + " bytes; at most " +
                std::to_string(room_.pending().limits().bytes) + " were expected");
        }
        if (!is_last)
            room_.wait(what.completions);
    }
    what.content = std::move(pending->packets.front().content);
    return false;
}

bool graph_intake::has_room_for_dead_letters(const std::shared_ptr<completion_queue>& source)
{
    if (!dead_letters_.room().is_full())
        return true;
    room_.wait(source); // and once more, as what was given back before is not told of
    return !dead_letters_.room().is_full();
}

admission graph_intake::admit_kept(std::unique_ptr<entry>& pending,
                                   std::shared_ptr<const receipt>* told)
{
    reservation room(room_, &appending_, {&pending, 1});
    if (const admission outcome = take(room); outcome != admission::accepted)
        return outcome;
    if (append_beside(*pending))
    {
        room.keep();
        if (told != nullptr)
            *told = pending->receipt;
        const append_end counted(appending_);
        dispatch(std::move(pending));
        return admission::accepted;
    }
    prepared_append made = prepare(*pending, told);
    room.keep();
    append(std::move(pending), std::move(made));
    return admission::accepted;
}

// The same steps, but for the journal.
admission graph_intake::admit_unkept(std::unique_ptr<entry>& pending,
                                     std::shared_ptr<const receipt>* told, deployment* to)
{
    const versions::status now = versions_.now();
    if (to == nullptr ? !now.is_open() : now.is_draining)
        return admission::closed;
    reservation room(room_, nullptr, {&pending, 1});
    if (const admission outcome = room.take(std::bind_front(&graph_intake::reserve, this));
        outcome != admission::accepted)
        return outcome;
    ticket(*pending, services_.journal.number());
    if (told != nullptr)
        *told = pending->receipt;
    const packet_id id = pending->id;
    room.keep();
    begin(*pending);
    const auto take_back = [&]
    {
        end(*pending);
        services_.receipts.forget(id);
    };
    try
    {
        if (to == nullptr ? versions_.dispatch(pending) : to->submit(pending))
            return admission::accepted;
    }
    catch (const std::bad_alloc&)
    {
        if (pending != nullptr)
            take_back();
        throw;
    }
    take_back();
    return admission::closed;
}

// 1. Reserve: room for what is pending, in memory and in all. What another host has promised takes
// room in any case: all that is pending here may wait for it.
admission graph_intake::reserve(const entry& pending, std::size_t together)
{
    if (dead_letters_.room().is_full() && !pending.is_replay) // which makes room, if it succeeds
        return admission::closed;
    if (pending.earlier)
    {
        room_.take(pending.bytes);
        return admission::accepted;
    }
    if (room_.reserve(pending.bytes, is_kept(pending), together))
        return admission::accepted;
    totals_.refused();
    return admission::full;
}

admission graph_intake::take(reservation& room)
{
    if (!versions_.now().is_open())
        return admission::closed;
    return room.take(std::bind_front(&graph_intake::reserve, this));
}

// 2. Ticket: the entry gets its number, its id and its receipt.
void graph_intake::ticket(entry& pending, issue what)
{
    identify(pending, pending.earlier
                          ? services_.receipts.open(what, graph_, pending.earlier->accepted)
                          : services_.receipts.open(what, graph_));
    pending.receipt->when_done(std::exchange(pending.done, nullptr));
}

// 3. Append: the journal gets it. It is worked on when it is there, or beside that, if nothing more
// was promised and nothing waits before it. All that may throw is done before the first of several
// is appended: all of them are, or none.
graph_intake::prepared_append graph_intake::prepare(const entry& pending,
                                                    std::shared_ptr<const receipt>* told)
{
    return {to_journal_entry(pending, graph_), std::make_unique<append_of_waiting>(*this, told)};
}

void graph_intake::append(std::unique_ptr<entry> pending, prepared_append made) noexcept
{
    made.waiter->take(std::move(pending));
    services_.journal.append(std::move(made.what), std::move(made.waiter));
}

// An entry may be worked on before the journal has it if nothing was promised but that it is in
// memory, nothing came before it that waits, and memory has room for it.
bool graph_intake::append_beside(entry& pending)
{
    if (!pending.promised || !pending.key.empty() || !leaves_to_journal_ ||
        versions_.now().is_paused || room_.memory_is_full() || !spilled_.is_empty())
        return false;
    std::unique_ptr<journal_entry> kept = to_journal_entry(pending, graph_);
    return spilled_.append_beside(
        [&]
        {
            services_.journal.append(std::move(kept),
                                     std::make_unique<append_of_running>(*this, pending));
            return pending.receipt->number();
        });
}

// The journal has kept or refused it. [the journal's thread]
void graph_intake::appended(std::unique_ptr<entry> pending, commit how) noexcept
{
    const auto told = std::exchange(pending->committed, nullptr);
    if (how == commit::kept && leaves_to_journal_)
        pending->receipt->set_durable();
    if (told)
        told(how, pending->receipt);
    if (how != commit::kept && !pending->promised)
    {
        services_.receipts.forget(pending->id);
        room_.release(pending->bytes);
        totals_.accepted_in_vain();
    }
    else
    {
        pending->keep = how == commit::kept;
        if (is_kept(*pending) && spilled_.leave_to_journal(*pending))
        {
            room_.left_memory(pending->bytes);
            if (!pending->receipt->is_awaited())
                services_.receipts.forget(pending->id);
        }
        else
            dispatch(std::move(pending));
    }
    appending_.end();
}

// 4. Dispatch: the version that runs gets it, and gives it to a lane; one of a key may wait for its
// turn before, in a journal that hosts share.
void graph_intake::dispatch(std::unique_ptr<entry> pending)
{
    begin(*pending);
    if (is_kept(*pending) && spilled_.wait_for_turn(pending))
        return;
    if (!versions_.dispatch(pending))
        versions_.hold(std::move(pending)); // the graph has just stopped
}

// 5. Run: what crashes the host meanwhile may be this entry; see suspects.
void graph_intake::begin(const entry& pending)
{
    if (is_kept(pending))
        suspects_.let_in(pending.receipt->number());
    else
        suspects_.unkept_let_in();
}

// 6. End: every packet made of it has ended, or it was not dispatched after all.
void graph_intake::end(const entry& pending)
{
    room_.release(pending.bytes);
    if (is_kept(pending))
        suspects_.ended(pending.receipt->number());
    else
        suspects_.unkept_ended();
}

// 7. Complete: the receipt is done, the journal forgets the entry, and others have its room.
void graph_intake::complete(std::unique_ptr<entry> done, receipt_result result) noexcept
{
    totals_.done(result);
    host::receipt& receipt = *done->receipt;
    receipt.finish(std::move(result));
    services_.journal.done({receipt.number(), done->keep, to_kept(receipt)});
    services_.receipts.forget(receipt.id()); // the journal has it
    end(*done);
    if (done->completions != nullptr)
        done->completions->ended(done->completion, receipt.result().dead_count != 0);
    receipt.tell();
    spilled_.wake();
}

void graph_intake::discard(std::vector<std::unique_ptr<entry>> held)
{
    for (std::unique_ptr<entry>& each : held)
        complete(std::move(each), discarded());
    spilled_.discard();
}

void graph_intake::give_up(std::unique_ptr<entry> pending) noexcept
{
    services_.receipts.forget(pending->id);
    totals_.accepted_in_vain();
    end(*pending);
    pending->completions->abandoned();
}

} // namespace penstock::host
