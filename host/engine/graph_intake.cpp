// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/graph_intake.hpp"

#include "host/lane/completion_queue.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace penstock::host
{

graph_intake::graph_intake(std::string graph, budget_limits limits, const graph_services& services,
                           dead_letters& letters, versions& runs_on, const pending_of_graph& left,
                           supervise::suspicion of)
    : graph_(std::move(graph)),
      services_(services),
      letters_(letters),
      leaves_to_journal_(services.journal.durability() != "memory"),
      versions_(runs_on),
      room_(limits),
      totals_(left.records),
      suspects_(services.run.record_of(graph_), std::move(of)),
      backlog_(services.journal, graph_, *this)
{
    room_.add_left(left.records, left.bytes);
    backlog_.begin(left);
    if (left.records == 0)
        suspects_.all_let_in();
}

/// Has an entry wait for the journal.
class graph_intake::append_of_waiting final : public append_waiter
{
public:
    append_of_waiting(graph_intake& graph, std::unique_ptr<entry> request,
                      std::shared_ptr<const receipt>* told)
        : graph_(graph), request_(std::move(request)), told_(told)
    {
    }

    void issued(issue what) noexcept override
    {
        graph_.ticket(*request_, what);
        if (told_ != nullptr)
            *told_ = request_->receipt;
    }

    void settled(commit how) noexcept override { graph_.appended(std::move(request_), how); }

private:
    graph_intake& graph_;
    std::unique_ptr<entry> request_;
    std::shared_ptr<const receipt>* told_;
};

/// Has an entry know its number, which then waits for the journal no longer.
class graph_intake::append_of_running final : public append_waiter
{
public:
    append_of_running(graph_intake& graph, entry& request) : graph_(graph), request_(request) {}

    void issued(issue what) noexcept override { graph_.ticket(request_, what); }
    void settled(commit) noexcept override {} // by then the entry may be gone
    [[nodiscard]] bool is_urgent() const noexcept override { return false; }

private:
    graph_intake& graph_;
    entry& request_;
};

admission graph_intake::admit(std::unique_ptr<entry>& request, std::shared_ptr<const receipt>* told,
                              deployment* to)
{
    if (!room_.can_hold(request->bytes))
        return admission::too_large;
    const admission verdict =
        request->keep ? admit_kept(request, told) : admit_unkept(request, told, to);
    if (verdict == admission::accepted)
        totals_.accepted();
    return verdict;
}

bool graph_intake::offer(deployment& from, const source_packet& what)
{
    std::unique_ptr<entry> request = to_entry(what, from.plan().partition_by);
    for (const bool is_last : {false, true})
    {
        const admission verdict = admit(request, nullptr, what.number ? &from : nullptr);
        if (verdict == admission::accepted)
            return true;
        if (verdict == admission::too_large)
            throw std::runtime_error(
                "made a packet of " + std::to_string(request->bytes) + " bytes; at most " +
                std::to_string(room_.pending().limits().bytes) + " were expected");
        if (!is_last)
            room_.wait(what.completions);
    }
    what.content = std::move(request->packets.front().content);
    return false;
}

admission graph_intake::admit_kept(std::unique_ptr<entry>& request,
                                   std::shared_ptr<const receipt>* told)
{
    appending_.begin(); // who stops the graph waits for it from here on
    const admission verdict = versions_.now().is_open() ? reserve(*request) : admission::closed;
    if (verdict == admission::accepted)
        append(std::move(request), told);
    else
        appending_.end();
    return verdict;
}

// The same steps, but for the journal.
admission graph_intake::admit_unkept(std::unique_ptr<entry>& request,
                                     std::shared_ptr<const receipt>* told, deployment* to)
{
    const versions::status now = versions_.now();
    if (to == nullptr ? !now.is_open() : now.is_draining)
        return admission::closed;
    if (const admission verdict = reserve(*request); verdict != admission::accepted)
        return verdict;
    ticket(*request, services_.journal.number());
    if (told != nullptr)
        *told = request->receipt;
    const packet_id id = request->id;
    begin(*request);
    if (to == nullptr ? versions_.dispatch(request) : to->submit(request))
        return admission::accepted;
    end(*request);
    services_.receipts.forget(id);
    return admission::closed;
}

// 1. Reserve: room for what is pending, in memory and in all.
admission graph_intake::reserve(const entry& request)
{
    if (room_.reserve(request.bytes, is_kept(request)))
        return admission::accepted;
    totals_.refused();
    return admission::full;
}

// 2. Ticket: the entry gets its number, its id and its receipt.
void graph_intake::ticket(entry& request, issue what)
{
    identify(request, services_.receipts.open(what, graph_));
    request.receipt->when_done(std::exchange(request.done, nullptr));
}

// 3. Append: the journal gets it. It is worked on when it is there, or beside that, if nothing more was
// promised and nothing waits before it.
void graph_intake::append(std::unique_ptr<entry> request, std::shared_ptr<const receipt>* told)
{
    if (append_beside(*request))
    {
        if (told != nullptr)
            *told = request->receipt;
        dispatch(std::move(request));
        appending_.end();
        return;
    }
    record kept = to_record(*request, graph_);
    services_.journal.append(std::move(kept),
                             std::make_unique<append_of_waiting>(*this, std::move(request), told));
}

// An entry may be worked on before the journal has it if nothing was promised but that it is in memory,
// nothing came before it that waits, and memory has room for it.
bool graph_intake::append_beside(entry& request)
{
    if (!request.promised || !request.key.empty() || !leaves_to_journal_ ||
        versions_.now().is_suspended || room_.memory_is_full() || !backlog_.is_empty())
        return false;
    record kept = to_record(request, graph_);
    std::lock_guard lock(order_);
    if (!backlog_.is_empty())
        return false;
    services_.journal.append(std::move(kept), std::make_unique<append_of_running>(*this, request));
    last_beside_ = request.receipt->number();
    return true;
}

// The journal has kept or refused it. [the journal's thread]
void graph_intake::appended(std::unique_ptr<entry> request, commit how) noexcept
{
    const auto told = std::exchange(request->committed, nullptr);
    if (how == commit::kept && leaves_to_journal_)
        request->receipt->set_durable();
    if (told)
        told(how, request->receipt);
    if (how == commit::refused && !request->promised)
    {
        services_.receipts.forget(request->id);
        room_.release(request->bytes);
        totals_.accepted_in_vain();
    }
    else
    {
        request->keep = how == commit::kept;
        if (is_kept(*request) && leave_to_journal(*request))
        {
            room_.left_memory(request->bytes);
            if (!request->receipt->is_awaited())
                services_.receipts.forget(request->id);
        }
        else
            dispatch(std::move(request));
    }
    appending_.end();
}

// 4. Dispatch: the version that runs gets it, and gives it to a lane.
void graph_intake::dispatch(std::unique_ptr<entry> request)
{
    begin(*request);
    if (!versions_.dispatch(request))
        versions_.hold(std::move(request)); // the graph has just stopped
}

// 5. Run: what crashes the host meanwhile may be this entry; see suspects.
void graph_intake::begin(const entry& request)
{
    if (is_kept(request))
        suspects_.let_in(request.receipt->number());
    else
        suspects_.unkept_let_in();
}

// 6. End: every packet made of it has ended, or it was not dispatched after all.
void graph_intake::end(const entry& request)
{
    room_.release(request.bytes);
    if (is_kept(request))
        suspects_.ended(request.receipt->number());
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
    backlog_.wake();
}

void graph_intake::give_up(std::unique_ptr<entry> pending) noexcept
{
    services_.receipts.forget(pending->id);
    totals_.accepted_in_vain();
    end(*pending);
    pending->completions->abandoned();
}

// The journal's records are read back from the first that is left to it on. So none is left to it
// that came before one which did not wait: that one would be worked on twice.
bool graph_intake::leave_to_journal(const entry& request)
{
    const bool is_full = room_.memory_is_full() || versions_.now().is_suspended;
    const entry_number number = request.receipt->number();
    std::lock_guard lock(order_);
    return number > last_beside_ && backlog_.absorb(number, is_full);
}

std::optional<read_limits> graph_intake::room() const
{
    read_limits room;
    room.records = std::min(room.records, suspects_.room(suspects::clock::now()));
    const std::optional<std::size_t> bytes = room_.to_read_back();
    if (room.records == 0 || !bytes || !versions_.now().is_running)
        return std::nullopt;
    room.bytes = std::min(room.bytes, *bytes); // others read too
    return room;
}

bool graph_intake::take_back(record what)
{
    const entry_number number = what.number;
    suspects_.let_in(number);
    if (dispatch_again(what))
        return true;
    suspects_.ended(number);
    return false;
}

// From the journal an entry goes on with its old ticket, and with the room that it has in the budget.
bool graph_intake::dispatch_again(const record& what)
{
    const std::shared_ptr<const plan> plan = versions_.current_plan();
    if (plan == nullptr)
        return false;
    const auto verdict = std::ranges::find(plan->quarantine, what.id, &quarantined_packet::packet);
    if (verdict != plan->quarantine.end())
    {
        complete_unseen(what, letters_.keep_quarantined(what, *verdict));
        return true;
    }
    std::unique_ptr<entry> request;
    try
    {
        request = to_entry(what);
    }
    catch (const std::exception& error)
    {
        complete_unseen(what, letters_.keep_damaged(what, error.what()));
        return true;
    }
    identify(*request, services_.receipts.open({what.number, what.id}, graph_, what.accepted));
    request->receipt->set_durable();
    room_.is_back(request->bytes);
    if (versions_.dispatch(request))
        return true;
    room_.left_memory(request->bytes);
    if (!request->receipt->is_awaited())
        services_.receipts.forget(request->id);
    return false;
}

// What no component gets to see has ended.
void graph_intake::complete_unseen(const record& what, receipt_result result)
{
    auto done = std::make_unique<entry>();
    done->keep = true;
    done->bytes = what.size;
    done->receipt = services_.receipts.open({what.number, what.id}, graph_, what.accepted);
    room_.is_back(done->bytes);
    complete(std::move(done), std::move(result));
}

void graph_intake::backlog_failed(std::string_view reason) noexcept
{
    if (services_.log)
        services_.log(severity::error, graph_, {},
                      std::string("cannot be read back from the journal: ").append(reason));
}

} // namespace penstock::host
