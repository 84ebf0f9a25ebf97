// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/inflight.hpp"

#include "host/supervise/crash_handler.hpp"

#include <algorithm>
#include <cstring>

#include <unistd.h>

namespace penstock::host::supervise
{

namespace
{

constexpr std::size_t longest_name = 1024;

} // namespace

worker_slot::worker_slot(std::size_t records)
    : own_records_(std::make_unique<node_record[]>(records)),
      records_(own_records_.get()),
      count_(records)
{
}

worker_slot::worker_slot(inflight& owner, std::size_t slot, std::size_t first, std::size_t count,
                         std::size_t text, std::size_t text_length)
    : owner_(&owner),
      now_(&owner.shared_memory().slot(slot).slice),
      first_(first),
      records_(&owner.shared_memory().record(first)),
      slot_(slot),
      count_(count),
      text_(text),
      text_length_(text_length)
{
    slice_ = now_->load(std::memory_order_relaxed) & ~(one_slice - 1); // a slot counts on
}

worker_slot::~worker_slot()
{
    if (entered_)
        crash_handler::this_thread_is(nullptr);
    if (owner_ != nullptr)
        owner_->release(*this);
}

void worker_slot::enter() noexcept
{
    if (owner_ == nullptr)
        return;
    entered_ = true;
    owner_->shared_memory().slot(slot_).thread.store(::gettid());
    crash_handler::this_thread_is(&owner_->shared_memory().slot(slot_));
}

inflight::inflight(supervise::shared_memory& shared_memory)
    : shared_memory_(shared_memory),
      graphs_(0, shared_memory::graph_count),
      slots_(0, shared_memory::slot_count),
      records_(1, shared_memory::record_count),
      text_(1, shared_memory::text_size)
{
    shared_memory_.clear();
}

std::unique_ptr<worker_slot> inflight::make_lane(std::string_view graph,
                                                 const std::vector<named_node>& nodes)
{
    std::string text;
    std::vector<std::size_t> names;
    for (const named_node& each : nodes)
    {
        names.push_back(text.size());
        for (const std::string_view part : {graph, each.node, each.component})
            text.append(part).push_back('\0');
    }
    std::unique_ptr<worker_slot> made = make(thread_slot::lane, nodes.size() + 1, text);
    if (made->owner_ != nullptr)
        for (std::size_t i = 0; i < nodes.size(); ++i)
            made->record(i + 1).name.store(static_cast<std::uint32_t>(made->text_ + names[i]));
    return made;
}

std::unique_ptr<worker_slot> inflight::make_blocking()
{
    return make(thread_slot::blocking, 0, {});
}

std::unique_ptr<worker_slot> inflight::make(thread_slot::kind kind, std::size_t records,
                                            const std::string& text)
{
    std::lock_guard lock(mutex_);
    const auto slot = slots_.take(1);
    const auto first = records_.take(records);
    const auto at = text_.take(text.size());
    if (!slot || !first || !at)
    {
        if (slot)
            slots_.give_back(*slot, 1);
        if (first)
            records_.give_back(*first, records);
        if (at)
            text_.give_back(*at, text.size());
        return std::make_unique<worker_slot>(records);
    }
    std::memcpy(shared_memory_.text() + *at, text.data(), text.size());
    shared_memory_.slot(*slot).used.store(kind);
    auto& used = shared_memory_.head().slots_used;
    used.store(std::max(used.load(), static_cast<std::uint32_t>(*slot + 1)));
    return std::unique_ptr<worker_slot>(
        new worker_slot(*this, *slot, *first, records, *at, text.size()));
}

void inflight::release(const worker_slot& gone)
{
    std::lock_guard lock(mutex_);
    thread_slot& slot = shared_memory_.slot(gone.slot_);
    slot.used.store(thread_slot::unused);
    slot.thread.store(0);
    slot.slice.store(gone.slice_ + worker_slot::one_slice); // its record belongs to no node
    for (std::size_t i = 0; i < gone.count_; ++i)
    {
        node_record& each = shared_memory_.record(gone.first_ + i);
        each.packet = {};
        each.has_packet.store(0);
        each.name.store(0);
        each.stack_end.store(0);
    }
    slots_.give_back(gone.slot_, 1);
    records_.give_back(gone.first_, gone.count_);
    text_.give_back(gone.text_, gone.text_length_);
}

std::shared_ptr<graph_record> inflight::make_graph(std::string_view graph)
{
    std::lock_guard lock(mutex_);
    const auto n = graphs_.take(1);
    const std::size_t length = graph.size() + 1;
    const auto at = text_.take(length);
    if (!n || !at)
    {
        if (n)
            graphs_.give_back(*n, 1);
        if (at)
            text_.give_back(*at, length);
        return std::make_shared<graph_record>(); // read by nobody
    }
    std::memcpy(shared_memory_.text() + *at, graph.data(), graph.size());
    shared_memory_.text()[*at + graph.size()] = '\0';
    shared_memory_.graph(*n).name.store(static_cast<std::uint32_t>(*at));
    return {&shared_memory_.graph(*n),
            [this, n = *n, at = *at, length](graph_record*) { release_graph(n, at, length); }};
}

void inflight::release_graph(std::size_t n, std::size_t text, std::size_t text_length)
{
    std::lock_guard lock(mutex_);
    graph_record& gone = shared_memory_.graph(n);
    gone.name.store(0);
    gone.in_steps.store(0);
    gone.careful.store(0);
    for (auto* each : {&gone.through, &gone.suspects, &gone.single, &gone.first, &gone.last,
                       &gone.unkept, &gone.watched})
        each->store(0);
    graphs_.give_back(n, 1);
    text_.give_back(text, text_length);
}

void inflight::running(std::vector<running_slice>& found) const
{
    found.clear();
    const std::size_t used =
        std::min<std::size_t>(shared_memory_.head().slots_used.load(), shared_memory::slot_count);
    for (std::size_t i = 0; i < used; ++i)
    {
        const thread_slot& slot = shared_memory_.slot(i);
        const std::uint64_t slice = slot.slice.load(std::memory_order_relaxed);
        const std::uint32_t record = thread_slot::record_of(slice);
        if (slot.used.load() == thread_slot::lane && record != 0 &&
            record < shared_memory::record_count &&
            shared_memory_.record(record).name.load(std::memory_order_relaxed) != 0)
            found.push_back({i, slice, record});
    }
}

std::optional<node_name> inflight::name_of(const supervise::shared_memory& shared_memory,
                                           std::uint32_t record)
{
    if (record == 0 || record >= shared_memory::record_count)
        return std::nullopt;
    std::uint32_t at = shared_memory.record(record).name.load();
    node_name name;
    for (std::string* const each : {&name.graph, &name.node, &name.component})
    {
        auto word = text_of(shared_memory, at);
        if (!word)
            return std::nullopt;
        at += static_cast<std::uint32_t>(word->size() + 1);
        *each = *std::move(word);
    }
    return name;
}

std::optional<std::string> inflight::text_of(const supervise::shared_memory& shared_memory,
                                             std::uint32_t at)
{
    if (at == 0 || at >= shared_memory::text_size)
        return std::nullopt;
    const char* const begin = shared_memory.text() + at;
    const char* const end = begin + std::min(longest_name, shared_memory::text_size - at);
    const char* const found = std::find(begin, end, '\0');
    return found == end ? std::nullopt : std::optional(std::string(begin, found));
}

} // namespace penstock::host::supervise
