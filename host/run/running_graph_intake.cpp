// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// How an entry gets into a running graph: budget, journal, memory, lane.
#include "host/run/running_graph.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace penstock::host
{

namespace
{

// What is partitioned by a meta value that a packet has not goes to any lane.
std::string key_of(const json::value* meta)
{
    if (meta == nullptr || meta->is_null())
        return {};
    return meta->is_string() ? std::string(meta->get_string()) : write_json(*meta);
}

} // namespace

/// Waits with an entry for the journal.
class running_graph::entry_waiter final : public append_waiter
{
public:
    entry_waiter(running_graph& graph, std::unique_ptr<entry> request,
                 std::shared_ptr<const receipt>* told)
        : graph_(graph), request_(std::move(request)), told_(told)
    {
    }

    void issued(issue what) noexcept override
    {
        graph_.issued(*request_, what);
        if (told_ != nullptr)
            *told_ = request_->receipt;
    }

    void settled(commit how) noexcept override { graph_.settled(std::move(request_), how); }

private:
    running_graph& graph_;
    std::unique_ptr<entry> request_;
    std::shared_ptr<const receipt>* told_;
};

/// Has an entry know its number, which then waits for the journal no longer.
class running_graph::numbered final : public append_waiter
{
public:
    numbered(running_graph& graph, entry& request) : graph_(graph), request_(request) {}

    void issued(issue what) noexcept override { graph_.issued(request_, what); }
    void settled(commit) noexcept override {} // by then the entry may be gone
    [[nodiscard]] bool is_urgent() const noexcept override { return false; }

private:
    running_graph& graph_;
    entry& request_;
};

admission running_graph::submit(std::unique_ptr<entry>& request,
                                std::shared_ptr<const receipt>* told)
{
    if (request->bytes > budget_.limits().bytes)
        return admission::too_large;
    {
        std::lock_guard lock(mutex_);
        if ((current_ == nullptr && door_ == nullptr) || draining_)
            return admission::closed;
        if (request->keep)
            ++appending_; // stop() waits for it from here on
    }
    const admission verdict = reserve(*request);
    if (verdict != admission::accepted)
    {
        if (request->keep)
            append_ended();
        return verdict;
    }
    if (request->keep && append_at_once(*request))
    {
        if (told != nullptr)
            *told = request->receipt;
        let_in(std::move(request));
        append_ended();
    }
    else if (request->keep)
    {
        record kept = to_record(*request, name_);
        services_.journal.append(std::move(kept),
                                 std::make_unique<entry_waiter>(*this, std::move(request), told));
    }
    else
    {
        issued(*request, services_.journal.number());
        if (told != nullptr)
            *told = request->receipt;
        const packet_id id = request->receipt->id();
        begin(*request);
        if (!hand_over(request, false))
        {
            ended(*request);
            services_.receipts.forget(id);
            let_go(*request);
            return admission::closed;
        }
    }
    accepted_.fetch_add(1, std::memory_order_relaxed);
    return admission::accepted;
}

// Lets a packet of a source in, which is not kept: its upstream does that.
bool running_graph::offer(deployment& from, const source_packet& what)
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
        const admission verdict = what.number ? submit_to(from, request) : submit(request, nullptr);
        if (verdict == admission::accepted)
            return true;
        if (verdict == admission::too_large)
            throw std::runtime_error("made a packet of " + std::to_string(request->bytes) +
                                     " bytes; at most " + std::to_string(budget_.limits().bytes) +
                                     " were expected");
        if (!is_last)
            waiting_for_room_.wait(what.completions);
    }
    what.content = std::move(request->packets.front().content);
    return false;
}

std::unique_ptr<entry> running_graph::make_entry(const deployment& from,
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

// An entry that is acknowledged to a source stays in the version that the source is of.
admission running_graph::submit_to(deployment& to, std::unique_ptr<entry>& request)
{
    if (request->bytes > budget_.limits().bytes)
        return admission::too_large;
    {
        std::lock_guard lock(mutex_);
        if (draining_)
            return admission::closed;
    }
    if (const admission verdict = reserve(*request); verdict != admission::accepted)
        return verdict;
    issued(*request, services_.journal.number());
    const packet_id id = request->id;
    begin(*request);
    if (!to.submit(request))
    {
        ended(*request);
        services_.receipts.forget(id);
        let_go(*request);
        return admission::closed;
    }
    accepted_.fetch_add(1, std::memory_order_relaxed);
    return admission::accepted;
}

bool running_graph::keep_letters()
{
    try
    {
        return services_.journal.flush();
    }
    catch (const journal_error& error)
    {
        log(severity::warning, {},
            std::string("dead letters are not on disk yet, so a source goes on waiting: ") +
                error.what());
        return false;
    }
}

// What memory will let go of may exceed it while it waits for the journal, up to twice the limit:
// then the journal is too slow for what comes in.
admission running_graph::reserve(const entry& request)
{
    const bool waits_for_journal = request.keep && leaves_to_journal_;
    const std::size_t most = budget_.limits().memory * (waits_for_journal ? 2 : 1);
    const bool fits = in_memory_.fetch_add(request.bytes) < most;
    if (fits && budget_.reserve(request.bytes))
        return admission::accepted;
    in_memory_.fetch_sub(request.bytes);
    refused_.fetch_add(1, std::memory_order_relaxed);
    return admission::full;
}

// Gives back what the entry has of the budget.
void running_graph::let_go(const entry& request) noexcept
{
    in_memory_.fetch_sub(request.bytes);
    budget_.release(request.bytes);
    waiting_for_room_.freed();
}

// Notes that an entry is about to be worked on, and that it is not any more.
void running_graph::begin(const entry& request)
{
    if (is_kept(request))
        suspects_.let_in(request.receipt->number());
    else
        suspects_.unkept_let_in();
}

void running_graph::ended(const entry& request)
{
    if (is_kept(request))
        suspects_.ended(request.receipt->number());
    else
        suspects_.unkept_ended();
}

void running_graph::issued(entry& request, issue what)
{
    identify(request, services_.receipts.open(what, name_));
    request.receipt->when_done(std::exchange(request.done, nullptr));
}

void running_graph::append_ended() noexcept
{
    std::lock_guard lock(mutex_);
    if (--appending_ == 0)
        appended_.notify_all();
}

// The journal has kept or refused an entry. [the journal's thread]
void running_graph::settled(std::unique_ptr<entry> request, commit how) noexcept
{
    const auto told = std::exchange(request->committed, nullptr);
    if (how == commit::kept && leaves_to_journal_)
        request->receipt->set_durable();
    if (told)
        told(how, request->receipt);
    if (how == commit::refused && !request->promised)
    {
        services_.receipts.forget(request->id);
        let_go(*request);
        accepted_.fetch_sub(1, std::memory_order_relaxed);
    }
    else
    {
        request->keep = how == commit::kept;
        work_off(std::move(request));
    }
    append_ended();
}

// Hands an entry to a lane, or leaves it to the journal until there is room for it.
void running_graph::work_off(std::unique_ptr<entry> request)
{
    if (request->keep && leaves_to_journal_ && leave_to_journal(*request))
    {
        in_memory_.fetch_sub(request->bytes);
        waiting_for_room_.freed();
        if (!request->receipt->is_awaited())
            services_.receipts.forget(request->id);
        return;
    }
    let_in(std::move(request));
}

// Tells whether an entry may be worked on before the journal has it: nothing was promised but that
// it is in memory, nothing came before it that waits, and memory has room for it.
bool running_graph::need_not_wait(const entry& request) const
{
    return request.promised && request.key.empty() && leaves_to_journal_ && !suspended() &&
           in_memory_.load() <= budget_.limits().memory && backlog_.is_empty();
}

bool running_graph::append_at_once(entry& request)
{
    if (!need_not_wait(request))
        return false;
    record kept = to_record(request, name_);
    std::lock_guard lock(order_);
    if (!backlog_.is_empty())
        return false;
    services_.journal.append(std::move(kept), std::make_unique<numbered>(*this, request));
    last_at_once_ = request.receipt->number();
    return true;
}

// The journal's records are read back from the first that is left to it on. So none is left to it
// that came before one which did not wait: that one would be worked on twice.
bool running_graph::leave_to_journal(const entry& request)
{
    const bool is_full = in_memory_.load() > budget_.limits().memory || suspended();
    const entry_number number = request.receipt->number();
    std::lock_guard lock(order_);
    return number > last_at_once_ && backlog_.absorb(number, is_full);
}

void running_graph::let_in(std::unique_ptr<entry> request)
{
    begin(*request);
    if (hand_over(request, false))
        return;
    std::lock_guard lock(mutex_); // the graph has just stopped: this waits for the next version
    held_.push_back(std::move(request));
}

std::optional<read_limits> running_graph::room() const
{
    read_limits room;
    room.records = std::min(room.records, suspects_.room(suspects::clock::now()));
    const std::size_t used = in_memory_.load();
    const std::size_t limit = budget_.limits().memory;
    std::lock_guard lock(mutex_);
    // Not one by one: each time is a trip to the disk.
    if (current_ == nullptr || room.records == 0 || used > limit / 2)
        return std::nullopt;
    room.bytes = std::min(room.bytes, limit - used); // others read too
    return room;
}

bool running_graph::take_back(record what)
{
    const entry_number number = what.number;
    suspects_.let_in(number);
    if (let_in_again(what))
        return true;
    suspects_.ended(number);
    return false;
}

bool running_graph::let_in_again(const record& what)
{
    const std::shared_ptr<const host::plan> plan = current_plan();
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
    identify(*request, services_.receipts.open({what.number, what.id}, name_, what.accepted));
    request->receipt->set_durable();
    in_memory_.fetch_add(request->bytes);
    const std::size_t bytes = request->bytes;
    const packet_id id = request->id;
    if (hand_over(request, false))
        return true;
    in_memory_.fetch_sub(bytes);
    if (!request->receipt->is_awaited())
        services_.receipts.forget(id);
    return false;
}

// A record that cannot be read is not lost in silence.
void running_graph::bury_damaged(const record& damaged, std::string_view why)
{
    letter about;
    about.reason =
        "journal: record " + std::to_string(damaged.number) + " is damaged: " + std::string(why);
    bury_record(damaged, std::move(about));
}

// An entry that workers died of, each time when it was let in alone.
void running_graph::bury_quarantined(const record& guilty, const quarantined_packet& verdict)
{
    letter about;
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

// An entry that no component gets to see becomes a dead letter.
void running_graph::bury_record(const record& what, letter about)
{
    about.entry = what.number;
    about.receipts = {what.id.text()};
    about.time = std::chrono::system_clock::now();
    log(severity::error, {}, about.reason);
    receipt_result result;
    result.dead_count = 1;
    result.dead.push_back({{"reason", about.reason}, {"id", bury(std::move(about))}});
    auto receipt = services_.receipts.open({what.number, what.id}, name_, what.accepted);
    auto done = std::make_unique<entry>();
    done->keep = true;
    done->bytes = what.size;
    done->receipt = std::move(receipt);
    in_memory_.fetch_add(done->bytes);
    finished(std::move(done), std::move(result));
}

void running_graph::backlog_failed(std::string_view reason) noexcept
{
    log(severity::error, {}, std::string("cannot be read back from the journal: ").append(reason));
}

} // namespace penstock::host
