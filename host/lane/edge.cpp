// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/edge.hpp"

#include "host/lane/tap/tap.hpp"

#include <algorithm>
#include <bit>
#include <memory>
#include <new>
#include <utility>

namespace penstock::host
{

void edge::slots_deleter::operator()(packet* slots) const noexcept
{
    std::destroy_n(slots, count);
    ::operator delete(slots);
}

edge::slots edge::empty_slots(std::size_t count)
{
    // A default packet is a bare packet with a body; slots hold none.
    auto* raw = static_cast<packet*>(::operator new(count * sizeof(packet)));
    for (std::size_t i = 0; i < count; ++i)
        ::new (raw + i) packet(detail::packet_access::none());
    return slots(raw, slots_deleter{count});
}

edge::edge(std::size_t capacity, edge_counters& counters, bool drops)
    : slots_(empty_slots(std::bit_ceil(std::max<std::size_t>(capacity, 1)))),
      mask_(std::bit_ceil(std::max<std::size_t>(capacity, 1)) - 1),
      counters_(counters),
      drops_(drops)
{
    counters_.capacity.store(mask_ + 1, std::memory_order_relaxed);
}

edge::~edge() = default;

// What is published next is in one piece, where it was written.
void edge::show(std::size_t count) noexcept
{
    std::erase_if(*taps_, [](const auto& each) { return each->is_closed(); });
    shown_packets passing({slots_.get() + slot_of(tail_), count});
    for (const std::shared_ptr<tap>& each : *taps_)
        each->see(passing);
    if (taps_->empty())
        taps_.reset();
}

void edge::add_tap(std::shared_ptr<tap> viewer)
{
    if (taps_ == nullptr)
        taps_ = std::make_unique<std::vector<std::shared_ptr<tap>>>();
    std::erase_if(*taps_, [](const auto& each) { return each->is_closed(); });
    taps_->push_back(std::move(viewer));
}

void edge::add_request_end(std::size_t ahead)
{
    const std::uint64_t at = tail_ + ahead;
    if (request_ends_.empty() || request_ends_.back().at != at)
        request_ends_.push_back({at, 0});
    ++request_ends_.back().count;
}

std::uint64_t edge::bytes() const noexcept
{
    std::uint64_t sum = 0;
    for (std::uint64_t i = head_; i != tail_; ++i)
        if (const packet& each = slots_.get()[slot_of(i)]; !detail::packet_access::is_none(each))
            sum += detail::packet_access::size_of(each);
    return sum;
}

std::uint64_t edge::bytes(std::unordered_set<const void*>& counted) const
{
    std::uint64_t sum = 0;
    for (std::uint64_t i = head_; i != tail_; ++i)
        if (const packet& each = slots_.get()[slot_of(i)]; !detail::packet_access::is_none(each))
            if (counted.insert(detail::packet_access::body(each)).second)
                sum += detail::packet_access::size_of(each);
    return sum;
}

void edge::grow(std::size_t taken)
{
    const std::size_t held = size();
    outgrown_.reserve(outgrown_.size() + 1); // before anything moves
    slots larger = empty_slots(capacity() * 2);
    for (std::size_t i = taken; i != held; ++i)
        larger.get()[i] = std::move(slots_.get()[slot_of(head_ + i)]);
    std::swap(slots_, larger);
    if (taken != 0)
        outgrown_.push_back(std::move(larger));
    mask_ = capacity() * 2 - 1;
    first_ = head_;
    counters_.capacity.store(capacity(), std::memory_order_relaxed);
    counters_.grown.add();
}

} // namespace penstock::host
