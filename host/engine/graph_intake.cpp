// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/graph_intake.hpp"

#include "host/lane/completion_queue.hpp"

#include <penstock/detail/packet_access.hpp>

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace penstock::host
{

namespace
{

std::shared_ptr<supervise::graph_record> record_of(const std::string& graph,
                                                   supervise::inflight* threads)
{
    return threads == nullptr ? std::make_shared<supervise::graph_record>()
                              : threads->make_graph(graph);
}

// What is partitioned by a meta value that a packet has not goes to any lane.
std::string key_of(const json::value* meta)
{
    if (meta == nullptr || meta->is_null())
        return {};
    return meta->is_string() ? std::string(meta->get_string()) : write_json(*meta);
}

} // namespace

graph_intake::graph_intake(std::string graph, budget_limits limits, const graph_services& services,
                           versions& runs_on, const pending_of_graph& left, supervise::suspicion of)
    : graph_(std::move(graph)),
      services_(services),
      leaves_to_journal_(services.journal.durability() != "memory"),
      versions_(runs_on),
      room_(limits),
      totals_(left.records),
      suspects_(record_of(graph_, services.run.threads), std::move(of)),
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

admission graph_intake::admit(std::unique_ptr<entry>& request, std::shared_ptr<const receipt>* told)
{
    if (!room_.can_hold(request->bytes))
        return admission::too_large;
    const bool keep = request->keep;
    if (keep)
        begin_append(); // who stops the graph waits for it from here on
    admission verdict = versions_.now().is_open() ? reserve(*request) : admission::closed;
    if (verdict == admission::accepted && keep)
        append(std::move(request), told);
    else if (verdict == admission::accepted)
    {
        ticket(*request, services_.journal.number());
        if (told != nullptr)
            *told = request->receipt;
        const packet_id id = request->receipt->id();
        begin(*request);
        if (!versions_.dispatch(request))
        {
            end(*request);
            services_.receipts.forget(id);
            verdict = admission::closed;
        }
    }
    else if (keep)
        end_append();
    if (verdict == admission::accepted)
        totals_.accepted();
    return verdict;
}

bool graph_intake::offer(deployment& from, const source_packet& what)
{
    if (!detail::packet_access::is_unique(what.content))
    {
        const packet_id id = what.content.id();
        what.content =
            packet_from_json(to_json(what.content)); // bodies are counted per lane: share none
        detail::packet_access::set_id(what.content, id);
    }
    std::unique_ptr<entry> request = make_entry(from, what);
    for (const bool is_last : {false, true})
    {
        const admission verdict = what.number ? admit_to(from, request) : admit(request, nullptr);
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

std::unique_ptr<entry> graph_intake::make_entry(const deployment& from,
                                                const source_packet& what) const
{
    constexpr std::size_t bytes_of_a_packet = 512; // about what a small one takes
    auto made = std::make_unique<entry>();
    made->source = what.node;
    made->source_port = what.port;
    made->bytes = bytes_of_a_packet + what.content.data().size();
    if (const std::string& name = from.plan().partition_by; !name.empty())
        made->key = key_of(what.content.find_meta(name));
    if (what.number)
    {
        made->has_ids = true;
        made->completions = what.completions;
        made->completion = *what.number;
    }
    made->packets.push_back({std::move(what.content), {}});
    return made;
}

// The same steps as for others, but for the journal and the choice of a version.
admission graph_intake::admit_to(deployment& to, std::unique_ptr<entry>& request)
{
    if (!room_.can_hold(request->bytes))
        return admission::too_large;
    if (versions_.now().is_draining)
        return admission::closed;
    if (const admission verdict = reserve(*request); verdict != admission::accepted)
        return verdict;
    ticket(*request, services_.journal.number());
    const packet_id id = request->id;
    begin(*request);
    if (!to.submit(request))
    {
        end(*request);
        services_.receipts.forget(id);
        return admission::closed;
    }
    totals_.accepted();
    return admission::accepted;
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
        end_append();
        return;
    }
    record kept = to_record(*request, graph_);
    services_.journal.append(std::move(kept),
                             std::make_unique<append_of_waiting>(*this, std::move(request), told));
}

bool graph_intake::append_beside(entry& request)
{
    if (!may_run_at_once(request))
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
    end_append();
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
    services_.receipts.close(receipt.id());
    services_.journal.done({receipt.number(), done->keep, to_kept(receipt)});
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

void graph_intake::begin_append()
{
    std::lock_guard lock(appending_mutex_);
    ++appending_;
}

void graph_intake::end_append() noexcept
{
    std::lock_guard lock(appending_mutex_);
    if (--appending_ == 0)
        appended_.notify_all();
}

void graph_intake::wait_appended()
{
    std::unique_lock lock(appending_mutex_);
    appended_.wait(lock, [this] { return appending_ == 0; });
}

// Tells whether an entry may be worked on before the journal has it: nothing was promised but that
// it is in memory, nothing came before it that waits, and memory has room for it.
bool graph_intake::may_run_at_once(const entry& request) const
{
    return request.promised && request.key.empty() && leaves_to_journal_ &&
           !versions_.now().is_suspended && !room_.memory_is_full() && backlog_.is_empty();
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
        bury_quarantined(what, *verdict);
        return true;
    }
    std::unique_ptr<entry> request;
    try
    {
        if (what.head.empty())
            throw journal_error("its checksum is wrong");
        request = to_entry(what);
    }
    catch (const std::exception& error)
    {
        bury_damaged(what, error.what());
        return true;
    }
    identify(*request, services_.receipts.open({what.number, what.id}, graph_, what.accepted));
    request->receipt->set_durable();
    const std::size_t bytes = request->bytes;
    const packet_id id = request->id;
    room_.is_back(bytes);
    if (versions_.dispatch(request))
        return true;
    room_.left_memory(bytes);
    if (!request->receipt->is_awaited())
        services_.receipts.forget(id);
    return false;
}

// A record that cannot be read is not lost in silence.
void graph_intake::bury_damaged(const record& damaged, std::string_view why)
{
    dead_packet about;
    about.reason =
        "journal: record " + std::to_string(damaged.number) + " is damaged: " + std::string(why);
    bury_record(damaged, std::move(about));
}

// An entry that workers died of, each time when it was let in alone.
void graph_intake::bury_quarantined(const record& guilty, const quarantined_packet& verdict)
{
    dead_packet about;
    about.reason = verdict.reason;
    about.attempts = verdict.attempts;
    try
    {
        const std::unique_ptr<entry> request = to_entry(guilty);
        if (!request->packets.empty())
            about.packet = to_json(request->packets.front().content);
    }
    catch (const std::exception& error)
    {
        about.reason += "; and its record is damaged: " + std::string(error.what());
    }
    bury_record(guilty, std::move(about));
}

void graph_intake::bury_record(const record& what, dead_packet about)
{
    about.receipts = {what.id.text()};
    about.time = std::chrono::system_clock::now();
    log(severity::error, about.reason);
    receipt_result result;
    result.dead_count = 1;
    result.dead.push_back({{"reason", about.reason}, {"id", bury(std::move(about), what.number)}});
    auto receipt = services_.receipts.open({what.number, what.id}, graph_, what.accepted);
    auto done = std::make_unique<entry>();
    done->keep = true;
    done->bytes = what.size;
    done->receipt = std::move(receipt);
    room_.is_back(done->bytes);
    complete(std::move(done), std::move(result));
}

std::string graph_intake::bury(dead_packet what)
{
    const entry_number number =
        what.receipts.size() == 1 ? services_.receipts.number_of(what.receipts.front()) : 0;
    return bury(std::move(what), number);
}

// `number` is that of the entry whose packet it was; 0: of none, or of several.
std::string graph_intake::bury(dead_packet what, entry_number number)
{
    letter about;
    about.entry = number;
    about.graph = graph_;
    about.node = std::move(what.node);
    about.port = what.port;
    about.component = std::move(what.component);
    about.reason = std::move(what.reason);
    about.packet = std::move(what.packet);
    about.receipts = std::move(what.receipts);
    about.attempts = what.attempts;
    about.time = what.time;
    return services_.journal.dead(std::move(about));
}

void graph_intake::backlog_failed(std::string_view reason) noexcept
{
    log(severity::error, std::string("cannot be read back from the journal: ").append(reason));
}

void graph_intake::log(severity level, std::string_view text) const noexcept
{
    if (services_.log)
        services_.log(level, graph_, {}, text);
}

} // namespace penstock::host
